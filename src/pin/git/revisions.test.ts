import { expect, test } from 'vitest';
import { startGitServer } from '../../../testkit/git-server.ts';
import { startHttp } from '../../../testkit/server.ts';
import type { Fetch } from '../../core/index.ts';
import { makeFetch } from '../../net/index.ts';
import { listRevisions, type RevisionRequest } from './revisions.ts';

const id = (digit: string): string => digit.repeat(40);
const repository = {
  refs: {
    HEAD: id('1'),
    'refs/heads/main': id('1'),
    'refs/heads/v1': id('9'),
    'refs/tags/v1': id('2'),
    'refs/tags/v1.1': id('3'),
    'refs/tags/v2': id('4'),
  },
  peeled: { 'refs/tags/v2': id('5') },
};

function list(gitUrl: string, names: readonly string[], rest: Partial<RevisionRequest> = {}): Promise<object> {
  return listRevisions({ gitUrl, repository: 'o/r', names, ...rest }, makeFetch()).then(Object.fromEntries);
}

test.each([1, 2] as const)('tags before branches, annotated tags peeled, by protocol version %d', async (version) => {
  const { url, seen } = await startGitServer({ 'o/r': repository }, { version });
  expect(await list(`${url}/`, ['main', 'v1', 'v2', 'v3'])).toEqual({ main: id('1'), v1: id('2'), v2: id('5') });
  expect(seen).toHaveLength(version);
});

test('a token goes to the server that asks for a login', async () => {
  const { url, seen } = await startGitServer({ 'o/r': repository }, { token: 'hunter2' });
  expect(await list(url, ['v1'], { token: 'hunter2' })).toEqual({ v1: id('2') });
  expect(seen).toEqual(['GET /o/r.git/info/refs', 'GET /o/r.git/info/refs', 'POST /o/r.git/git-upload-pack']);
  const error: unknown = await list(url, ['v1'], { token: 'wrong-one' }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'PIN_GIT_FAILED' });
  expect(String(error)).not.toContain('wrong-one');
  await expect(list(url, ['v1'])).rejects.toMatchObject({ code: 'PIN_GIT_FAILED' });
});

test('a repository that moved is asked at its new place, and another host gets no token', async () => {
  const target = await startGitServer({ 'new/r': repository });
  const guarded = await startGitServer({ 'new/r': repository }, { token: 'hunter2' });
  const redirect = (to: string): Promise<string> =>
    startHttp((_, response) =>
      response.writeHead(301, { location: `${to}/new/r.git/info/refs?service=git-upload-pack` }).end(),
    );
  expect(await list(`http://${await redirect(target.url)}`, ['v1'])).toEqual({ v1: id('2') });
  const refused = list(`http://${await redirect(guarded.url)}`, ['v1'], { token: 'hunter2' });
  await expect(refused).rejects.toMatchObject({ code: 'PIN_GIT_FAILED' });
  expect(guarded.seen).toHaveLength(1);
});

test.each(['<html>', '0003', 'zzzz', '00ff', '0010short'])('%j is not the protocol', async (body) => {
  const host = await startHttp((_, response) => response.end(body));
  await expect(list(`http://${host}`, ['v1'])).rejects.toMatchObject({ code: 'PIN_GIT_FAILED' });
});

test('a token does not leave this machine without TLS', async () => {
  const sent: (string | undefined)[] = [];
  const fetch: Fetch = async ({ headers = {} }) => {
    sent.push(headers['authorization']);
    return { status: 401, headers: {}, body: (async function* () {})(), discard: () => {} };
  };
  for (const gitUrl of ['http://git.test', 'https://git.test']) {
    const asked = listRevisions({ gitUrl, repository: 'o/r', names: ['v1'], token: 'hunter2' }, fetch);
    await expect(asked).rejects.toMatchObject({ code: 'PIN_GIT_FAILED' });
  }
  expect(sent).toEqual([undefined, undefined, expect.stringContaining('Basic ')]);
});

test('a repository that is not there is a coded error', async () => {
  const { url } = await startGitServer({});
  await expect(list(url, ['v1'])).rejects.toMatchObject({ code: 'PIN_GIT_FAILED' });
});
