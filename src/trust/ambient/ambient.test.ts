import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { recordLog, temporaryDirectory } from '../../../testkit/context.ts';
import { startHttp } from '../../../testkit/server.ts';
import { type AgentAnswer, identityOf, startAgent } from '../../../testkit/spiffe-agent.ts';
import { makeFetch } from '../../net/index.ts';
import { findAmbientToken } from './find.ts';
import type { Surroundings } from './provider.ts';
import { ambientProviders } from './registry.ts';

type Environment = Readonly<Record<string, string>>;

interface Place {
  readonly surroundings: Surroundings;
  readonly asked: readonly string[];
  readonly log: ReturnType<typeof recordLog>;
}

/** A machine without any of these places, but for what is given; `answers` by path. */
async function place(
  environment: (host: string) => Environment,
  answers: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Place> {
  const asked: string[] = [];
  const host = await startHttp(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { headers, method, url = '' } = request;
    const shown = headers.authorization ?? headers['metadata-flavor'];
    asked.push([method, url, shown, Buffer.concat(parts).toString()].join(' ').trim());
    const answer = answers[url.replace(/\?.*/, '')];
    response.writeHead(answer === undefined ? 403 : 200, { 'metadata-flavor': 'Google' }).end(answer);
  });
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const fetch = makeFetch({ endpoints: { 'https://iamcredentials.googleapis.com': `http://${host}/iam` } });
  const nowhere = { SPIFFE_ENDPOINT_SOCKET: join(root, 'none.sock') };
  const log = recordLog();
  const own = { environment: { ...nowhere, ...environment(host) }, fetch: async () => fetch, log, root };
  return { asked, log, surroundings: own };
}

const github = (host: string): Environment => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://${host}/github?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'may-ask',
});

const accounts = '/computeMetadata/v1/instance/service-accounts/default';
const impersonated = '/iam/v1/projects/-/serviceAccounts/sa%40p.iam.gserviceaccount.com:generateIdToken';

test('a job of GitHub Actions', async () => {
  const { surroundings, asked } = await place(github, { '/github': '{"value":"T"}' });
  expect(await findAmbientToken(surroundings)).toBe('T');
  expect(asked).toEqual(['GET /github?api-version=2.0&audience=sigstore bearer may-ask']);
});

test('a job of Buildkite', async () => {
  const job = (host: string): Environment => ({
    BUILDKITE_AGENT_ACCESS_TOKEN: 'agent',
    BUILDKITE_AGENT_ENDPOINT: `http://${host}/v3/`,
    BUILDKITE_JOB_ID: 'job/1',
  });
  const { surroundings, asked } = await place(job, { '/v3/jobs/job%2F1/oidc/tokens': '{"token":"T"}' });
  expect(await findAmbientToken(surroundings)).toBe('T');
  expect(asked).toEqual(['POST /v3/jobs/job%2F1/oidc/tokens Token agent {"audience":"sigstore"}']);
});

test('a variable, as GitLab fills it, and a file, as pods have it', async () => {
  const variable = await place(() => ({ SIGSTORE_ID_TOKEN: 'T\n' }));
  expect(await findAmbientToken(variable.surroundings)).toBe('T');
  const file = await place(() => ({}), {}, { 'var/run/sigstore/cosign/oidc-token': 'F\n' });
  expect(await findAmbientToken(file.surroundings)).toBe('F');
});

test('a machine of Google Cloud, and an account that it stands for', async () => {
  const google = (host: string): Environment => ({ GCE_METADATA_HOST: host });
  const machine = await place(google, { [`${accounts}/identity`]: 'T\n' });
  expect(await findAmbientToken(machine.surroundings)).toBe('T');
  expect(machine.asked).toEqual([`GET ${accounts}/identity?audience=sigstore&format=full Google`]);
  const account = (host: string): Environment => ({
    ...google(host),
    GOOGLE_SERVICE_ACCOUNT_NAME: 'sa@p.iam.gserviceaccount.com',
  });
  const answers = { [`${accounts}/token`]: '{"access_token":"own"}', [impersonated]: '{"token":"I"}' };
  const other = await place(account, answers);
  expect(await findAmbientToken(other.surroundings)).toBe('I');
  expect(other.asked.at(-1)).toBe(`POST ${impersonated} Bearer own {"audience":"sigstore","includeEmail":true}`);
});

test('the firmware of a machine says that it is one of Google, and nobody is asked where it does not', async () => {
  const isHere = async (name: string) => {
    const { surroundings } = await place(() => ({}), {}, { 'sys/class/dmi/id/product_name': name });
    return ambientProviders.get('google-workload-identity')?.isHere(surroundings);
  };
  expect([await isHere('Google Compute Engine\n'), await isHere('Googleplex'), await isHere('VM')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('who answers as a metadata server must say that it is one', async () => {
  const host = await startHttp((_, response) => response.end('T'));
  const { surroundings } = await place(() => ({ GCE_METADATA_HOST: host }));
  await expect(findAmbientToken(surroundings)).rejects.toThrowCode('TRUST_SERVICE_INVALID');
});

test('a workload of SPIFFE', async () => {
  const { socket, asked } = await startAgent({ message: identityOf('spiffe://a/b', 'T') });
  const { surroundings } = await place(() => ({ SPIFFE_ENDPOINT_SOCKET: `unix://${socket}` }));
  expect(await findAmbientToken(surroundings)).toBe('T');
  expect(asked).toEqual([
    {
      path: '/SpiffeWorkloadAPI/FetchJWTSVID',
      metadata: 'true',
      message: Buffer.from('\0\0\0\0\x0a\x0a\x08sigstore'),
    },
  ]);
});

test.each<[string, AgentAnswer, string]>([
  ['refuses', { status: 7, words: 'no identity issued' }, 'TRUST_PROVIDER_ABSENT'],
  ['has none', { message: Buffer.alloc(0) }, 'TRUST_SERVICE_INVALID'],
  ['answers junk', { message: Buffer.from('ffffffffffff0a7f', 'hex') }, 'TRUST_SERVICE_INVALID'],
  ['answers what is cut off', { message: identityOf('spiffe://a/b', 'T').subarray(0, 9) }, 'TRUST_SERVICE_INVALID'],
])('an agent of SPIFFE that %s is an error', async (_, answer, code) => {
  const { socket } = await startAgent(answer);
  const { surroundings } = await place(() => ({ SPIFFE_ENDPOINT_SOCKET: socket }));
  await expect(findAmbientToken(surroundings)).rejects.toThrowCode(code);
});

test('the first place counts, one that fails is passed over, and the failure is told where no other gives a token', async () => {
  const both = (host: string): Environment => ({ ...github(host), SIGSTORE_ID_TOKEN: 'E' });
  const good = await place(both, { '/github': '{"value":"T"}' });
  expect(await findAmbientToken(good.surroundings)).toBe('T');
  const bad = await place(both);
  expect(await findAmbientToken(bad.surroundings)).toBe('E');
  expect(JSON.stringify(bad.log.lines)).toContain('github-actions');
  const only = await place(github);
  const error = await findAmbientToken(only.surroundings).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: 'TRUST_SERVICE_REFUSED' });
  expect(String(error)).not.toContain('may-ask');
});

test('a place may be named, and must then be the one', async () => {
  const { surroundings } = await place(() => ({ SIGSTORE_ID_TOKEN: 'E' }));
  expect(await findAmbientToken(surroundings, 'envvar')).toBe('E');
  for (const name of ['github-actions', 'buildkite-agent', 'google-impersonate']) {
    await expect(findAmbientToken(surroundings, name)).rejects.toThrowCode('TRUST_PROVIDER_ABSENT');
  }
  const unknown = findAmbientToken(surroundings, 'github');
  await expect(unknown).rejects.toThrow(expect.objectContaining({ code: 'TRUST_PROVIDER_UNKNOWN' }));
  await expect(unknown).rejects.toThrow(expect.objectContaining({ hint: expect.stringContaining('github-actions') }));
  expect(await findAmbientToken((await place(() => ({}))).surroundings)).toBeUndefined();
});

test('the order is that of cosign', () => {
  expect(ambientProviders.all.map(({ id }) => id)).toEqual([
    'github-actions',
    'buildkite-agent',
    'envvar',
    'filesystem',
    'google-workload-identity',
    'google-impersonate',
    'spiffe',
  ]);
});
