import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeFetch } from '../../src/net/index.ts';
import { listRevisions } from '../../src/pin/git/revisions.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startGitServer } from '../../testkit/git-server.ts';
import { startHttp } from '../../testkit/server.ts';

const run = promisify(execFile);

/** Where git keeps its server; undefined, and a failure under REQUIRE_PEERS, without git. */
async function findBackend(): Promise<string | undefined> {
  const found = await run('git', ['--exec-path']).catch(() => undefined);
  if (found === undefined && process.env['REQUIRE_PEERS'] === '1') expect.fail('git is not installed');
  return found && join(found.stdout.trim(), 'git-http-backend');
}

const backend = await findBackend();

/** git's own server of smart HTTP, as a CGI program behind a server of ours. */
function serveGit(projects: string): Promise<string> {
  return startHttp((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const child = spawn(backend ?? '', [], {
      env: {
        GIT_PROJECT_ROOT: projects,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(incoming.headers['git-protocol'] ?? ''),
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: incoming.method,
        CONTENT_TYPE: incoming.headers['content-type'] ?? '',
        PATH: process.env['PATH'],
      },
    });
    incoming.pipe(child.stdin);
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('close', () => {
      const answer = Buffer.concat(parts);
      const end = answer.indexOf('\r\n\r\n');
      const status = /^Status: (\d+)/m.exec(answer.toString('latin1', 0, end))?.[1] ?? '200';
      outgoing.writeHead(Number(status)).end(answer.subarray(end + 4));
    });
  });
}

test.skipIf(backend === undefined)(
  "tags and branches of git's own server, in both versions of its protocol",
  async () => {
    const projects = temporaryDirectory();
    const directory = join(projects, 'o', 'r.git');
    const git = async (...args: string[]): Promise<string> => {
      const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
      return (await run('git', ['-C', directory, ...identity, ...args])).stdout.trim();
    };
    await run('git', ['init', '--bare', '-q', '-b', 'main', directory]);
    const tree = await git('hash-object', '-t', 'tree', '-w', '/dev/null');
    const [first, second] = [await git('commit-tree', '-m', 'one', tree), await git('commit-tree', '-m', 'two', tree)];
    await git('update-ref', 'refs/heads/main', first);
    await git('update-ref', 'refs/tags/v1', first);
    await git('tag', '-a', '-m', 'annotated', 'v2', second);
    const names = ['main', 'v1', 'v2', 'v3'];
    const gitUrl = `http://${await serveGit(projects)}`;
    const expected = { main: first, v1: first, v2: second };
    expect(Object.fromEntries(await listRevisions({ gitUrl, repository: 'o/r', names }, makeFetch()))).toEqual(
      expected,
    );
    const older = makeFetch();
    const withoutVersion: typeof older = ({ headers = {}, ...request }) =>
      older({ ...request, headers: { ...headers, 'git-protocol': '' } });
    const listed = await listRevisions({ gitUrl, repository: 'o/r', names }, withoutVersion);
    expect(Object.fromEntries(listed)).toEqual(expected);
  },
);

test.skipIf(backend === undefined).each([1, 2] as const)('git reads our test server, version %d', async (version) => {
  const refs = { 'refs/heads/main': '1'.repeat(40), 'refs/tags/v1': '2'.repeat(40) };
  const { url } = await startGitServer({ 'o/r': { refs, peeled: { 'refs/tags/v1': '3'.repeat(40) } } }, { version });
  const { stdout } = await run('git', ['ls-remote', `${url}/o/r.git`], {
    env: { PATH: process.env['PATH'], HOME: '/' },
  });
  expect(stdout.split('\n').filter((line) => line !== '')).toEqual([
    `${'1'.repeat(40)}\trefs/heads/main`,
    `${'2'.repeat(40)}\trefs/tags/v1`,
    `${'3'.repeat(40)}\trefs/tags/v1^{}`,
  ]);
});
