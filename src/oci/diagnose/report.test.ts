import { expect, test } from 'vitest';
import { certificates } from '../../../testkit/certificates.ts';
import { recordLog } from '../../../testkit/context.ts';
import { buildImage } from '../../../testkit/image.ts';
import { type Fault, type RegistryAuth, startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import { parseImageReference } from '../../core/index.ts';
import { type FetchOptions, inspectTls, makeFetch } from '../../net/index.ts';
import type { RegistryCredential } from '../credentials/credential.ts';
import type { DiagnoseOptions } from './diagnose.ts';
import { type Diagnosis, diagnose } from './report.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const basic: RegistryCredential = { kind: 'basic', username: 'me', password: 'hunter2' };

interface Setup extends Partial<DiagnoseOptions> {
  readonly credential?: RegistryCredential;
  readonly net?: FetchOptions;
}

function examine(name: string, { credential, net = {}, ...options }: Setup = {}): Promise<Diagnosis> {
  return diagnose(parseImageReference(name), {
    fetch: makeFetch(net),
    clock: { now: () => new Date() },
    log: recordLog(),
    lookUp: async () => ({ lookups: [], ...(credential !== undefined && { credential }) }),
    mirrors: {},
    insecureHosts: [],
    inspectTls: (url) => inspectTls(url, net),
    proxyOf: () => undefined,
    ...options,
  });
}

async function started(faults: readonly Fault[] = [], auth?: RegistryAuth): Promise<TestRegistry> {
  const registry = await startRegistry({ faults, ...(auth !== undefined && { auth }) });
  await registry.put('app', '1', image);
  return registry;
}

test('an image that is there needs nothing done', async () => {
  const { host } = await started();
  const { digest, places, advice, reference } = await examine(`${host}/app:1`);
  expect({ digest, advice, reference }).toEqual({
    digest: image.manifest.digest,
    advice: [],
    reference: `${host}/app:1`,
  });
  expect(places).toMatchObject([{ host, repository: 'app', isMirror: false, clockSkew: 0, rateLimits: [], tls: [] }]);
  expect(places[0]?.exchanges.map(({ method, url, status }) => `${method} ${url} ${status}`)).toEqual([
    `HEAD http://${host}/v2/app/manifests/1 200`,
  ]);
});

test('each request of a login is told, and never the login', async () => {
  const { host } = await started([], { kind: 'token', username: 'me', password: 'hunter2' });
  const { digest, places } = await examine(`${host}/app:1`, { credential: basic });
  expect(digest).toBe(image.manifest.digest);
  expect(places[0]?.login).toBe('basic');
  const told = places[0]?.exchanges.map(({ url, status, login }) => `${new URL(url).pathname} ${status} ${login}`);
  expect(told).toEqual(['/v2/app/manifests/1 401 undefined', '/token 200 Basic', '/v2/app/manifests/1 200 Bearer']);
  expect(places[0]?.exchanges[0]?.headers['www-authenticate']).toContain('Bearer realm=');
  expect(JSON.stringify(places)).not.toMatch(/hunter2|bWU6aHVudGVyMg|test-token/);
});

test('logins that are missing or refused', async () => {
  const { host } = await started([], { kind: 'basic', username: 'me', password: 'other' });
  const missing = await examine(`${host}/app:1`);
  expect(missing.digest).toBeUndefined();
  expect(missing.places[0]?.error?.code).toBe('OCI_UNAUTHORIZED');
  expect(missing.advice).toEqual([expect.stringContaining(`Log in: \`docker login ${host}\``)]);
  const refused = await examine(`${host}/app:1`, { credential: basic });
  expect(refused.advice).toEqual([expect.stringContaining(`The login for ${host} is refused`)]);
});

test('a registry that asks to wait is asked once; its limits are told', async () => {
  const headers = { 'retry-after': '30', 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '3;w=21600' };
  const registry = await started([{ match: /^HEAD/, act: { kind: 'status', status: 429, headers } }]);
  const { places, advice } = await examine(`${registry.host}/app:1`);
  expect(registry.seen.filter(({ method }) => method === 'HEAD')).toHaveLength(1);
  expect(places[0]?.rateLimits.map(({ name, value }) => `${name} ${value}`).sort()).toEqual([
    'ratelimit-limit 100;w=21600',
    'ratelimit-remaining 3;w=21600',
    'retry-after 30',
  ]);
  expect(advice).toEqual([
    expect.stringContaining('Try again later, log in for a higher limit'),
    `Few requests are left at ${registry.host}: log in for a higher limit, or use a mirror (registry.mirrors).`,
  ]);
});

test('a clock that is wrong', async () => {
  const { host } = await started();
  const clock = { now: () => new Date(Date.now() + 600_000) };
  const { places, advice } = await examine(`${host}/app:1`, { clock });
  expect(places[0]?.clockSkew).toBeGreaterThan(595);
  expect(advice[0]).toMatch(/clock is \d+ s ahead of that of/);
  const behind = await examine(`${host}/app:1`, { clock: { now: () => new Date(Date.now() - 600_000) } });
  expect(behind.advice[0]).toMatch(/clock is \d+ s behind that of/);
});

test('mirrors are asked before the source, each for itself', async () => {
  const source = await started();
  const mirror = await startRegistry();
  const mirrors = { [source.host]: [mirror.host] };
  const { digest, places, advice } = await examine(`${source.host}/app:1`, { mirrors });
  expect(digest).toBe(image.manifest.digest);
  expect(places.map(({ host, isMirror, error }) => [host, isMirror, error?.code])).toEqual([
    [mirror.host, true, 'OCI_REMOTE_NOT_FOUND'],
    [source.host, false, undefined],
  ]);
  expect(advice).toEqual([expect.stringContaining(`The mirror ${mirror.host} does not help`)]);
});

test('an authority that nobody here trusts is named', async () => {
  const registry = await startRegistry({ tls: certificates });
  await registry.put('app', '1', image);
  const { places, advice } = await examine(`${registry.host}/app:1`);
  expect(places[0]?.tls).toMatchObject([{ host: registry.host, trusted: false }]);
  expect(advice[0]).toContain('its certificate comes from "CN=plimsoll test authority"');
  const trusted = await examine(`${registry.host}/app:1`, { net: { certificateAuthorities: [certificates.ca] } });
  expect(trusted).toMatchObject({ digest: image.manifest.digest, advice: [] });
});

test('an image that is not there, and a registry that is not', async () => {
  const { host } = await started();
  expect((await examine(`${host}/app:2`)).advice).toEqual([`${host}: Check name and tag.`]);
  const nowhere = await examine('127.0.0.1:1/app:1');
  expect(nowhere.places[0]).toMatchObject({ error: { code: 'NET_UNREACHABLE' }, tls: [{ code: 'NET_UNREACHABLE' }] });
  expect(nowhere.places[0]?.clockSkew).toBeUndefined();
});

test('a run that is stopped ends', async () => {
  const { host } = await started();
  const signal = AbortSignal.abort(new RangeError('stopped'));
  await expect(examine(`${host}/app:1`, { signal })).rejects.toThrow('stopped');
});
