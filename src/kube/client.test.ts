import { expect, test, vi } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { fixedClock, recordLog } from '../../testkit/context.ts';
import { startApiServer, type TestApiServer } from '../../testkit/kube.ts';
import { startHttp, startHttps } from '../../testkit/server.ts';
import type { KubeAccess } from './access.ts';
import { type KubeClient, makeKubeClient } from './client.ts';
import { Mirror } from './mirror.ts';
import type { KubeResource } from './resource.ts';

const maps: KubeResource = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap' };
const path = '/api/v1/namespaces/shop/configmaps';
const options = { clock: fixedClock('2026-06-01T12:00:00Z'), environment: {} };

const accessTo = (url: string, more: Partial<KubeAccess> = {}): KubeAccess => ({
  server: new URL(`${url}/`),
  isInsecure: false,
  credential: { kind: 'token', token: 'secret' },
  namespace: 'shop',
  ...more,
});
const clientOf = ({ url }: Pick<TestApiServer, 'url'>): KubeClient => makeKubeClient(accessTo(url), options);
const map = (name: string, data: object = {}) => ({ metadata: { name, namespace: 'shop' }, data });

test('objects are read, made, changed and replaced, by whoever the access says', async () => {
  const server = await startApiServer();
  const client = clientOf(server);
  const made = await client.create(maps, map('a', { x: '1' }));
  expect(await client.get(maps, { namespace: 'shop', name: 'a' })).toEqual(made);
  expect(await client.get(maps, { namespace: 'shop', name: 'b' })).toBeUndefined();
  const changed = await client.merge(maps, { namespace: 'shop', name: 'a' }, { data: { x: '2' } });
  expect(changed).toMatchObject({ data: { x: '2' } });
  await expect(client.replace(maps, made)).rejects.toThrowCode('KUBE_CONFLICT');
  expect(await client.replace(maps, { ...changed, data: {} })).toMatchObject({ data: {} });
  await expect(client.create(maps, map('a'))).rejects.toThrowCode('KUBE_CONFLICT');
  expect(server.seen.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
  expect(await client.knows(maps)).toBe(true);
  expect(await client.knows({ ...maps, plural: 'others' })).toBe(false);
  expect(await client.knows({ ...maps, group: 'kyverno.io' })).toBe(false);
});

test('what is applied is made, or changed where it is there', async () => {
  const server = await startApiServer([path]);
  const client = clientOf(server);
  expect(await client.apply(maps, map('a', { x: '1' }))).toMatchObject({ data: { x: '1' } });
  expect(await client.apply(maps, map('a', { y: '2' }))).toMatchObject({ data: { y: '2' } });
  expect(server.seen.map(({ line }) => line)).toEqual(
    Array.from({ length: 2 }, () => `PATCH ${path}/a?fieldManager=plimsoll-install&force=true`),
  );
  await expect(client.apply({ ...maps, plural: 'others' }, map('a'))).rejects.toThrowCode('KUBE_FAILED');
});

test('lists are read page by page, and say their kind', async () => {
  const server = await startApiServer();
  for (let at = 0; at < 600; at++) server.put(path, map(`m${at}`));
  const listed = await clientOf(server).list(maps);
  expect(listed?.items).toHaveLength(600);
  expect(listed?.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  expect(server.seen.map(({ line }) => line)).toHaveLength(3);
  expect(await clientOf(server).list({ ...maps, plural: 'others' })).toBeUndefined();
});

test.each([
  [401, 'KUBE_REFUSED'],
  [403, 'KUBE_REFUSED'],
  [410, 'KUBE_EXPIRED'],
  [500, 'KUBE_FAILED'],
  [200, 'KUBE_ANSWER_INVALID'],
])('a status of %d fails with %s', async (status, code) => {
  const server = await startApiServer([path]);
  server.fail(/configmaps/, status, status === 200 ? '[1]' : undefined, 2);
  await expect(clientOf(server).list(maps)).rejects.toThrowCode(code);
});

test('what is no list, no JSON, or nested beyond sense is refused', async () => {
  const server = await startApiServer([path]);
  for (const body of ['{"metadata":{}}', 'no', `${'['.repeat(200)}${']'.repeat(200)}`]) {
    server.fail(/configmaps/, 200, body);
    await expect(clientOf(server).list(maps)).rejects.toThrowCode('KUBE_ANSWER_INVALID');
  }
});

function mirrorOf(server: TestApiServer, onSleep: () => void = () => undefined) {
  const stop = new AbortController();
  const log = recordLog();
  const sleeps: number[] = [];
  const sleep = async (milliseconds: number): Promise<void> => {
    sleeps.push(milliseconds);
    onSleep();
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const onChange = vi.fn();
  const mirror = new Mirror(clientOf(server), maps, { log, signal: stop.signal, onChange, sleep });
  return { mirror, stop, log, sleeps, onChange, names: () => mirror.objects().map(({ metadata }) => metadata.name) };
}

test('a mirror follows what comes, changes and goes', async () => {
  const server = await startApiServer();
  server.put(path, map('a'));
  const { mirror, stop, names, onChange } = mirrorOf(server);
  await mirror.ready;
  await vi.waitFor(() => expect(server.seen).toHaveLength(2));
  server.put(path, map('b', { x: '1' }));
  await vi.waitFor(() => expect(names()).toEqual(['a', 'b']));
  server.put(path, map('b', { x: '2' }));
  await vi.waitFor(() => expect(mirror.get('b', 'shop')).toMatchObject({ data: { x: '2' } }));
  server.remove(path, 'a');
  await vi.waitFor(() => expect(names()).toEqual(['b']));
  expect(onChange).toHaveBeenCalledTimes(4);
  stop.abort();
});

test('a mirror goes on from where a watch ended, and lists anew when that is forgotten', async () => {
  const server = await startApiServer();
  server.put(path, map('a'));
  const { mirror, stop, names, log } = mirrorOf(server);
  await mirror.ready;
  const count = (what: string) => server.seen.filter(({ line }) => line.includes(what)).length;
  await vi.waitFor(() => expect(count('watch=true')).toBe(1));
  server.endWatches();
  await vi.waitFor(() => expect(count('watch=true')).toBe(2));
  expect(count('limit=')).toBe(1);
  server.forget();
  server.endWatches();
  await vi.waitFor(() => expect(count('limit=')).toBe(2));
  server.put(path, map('c'));
  await vi.waitFor(() => expect(names()).toEqual(['a', 'c']));
  expect(log.lines).toEqual([]);
  stop.abort();
});

test('while the server cannot be asked what was known stays, and the mirror says so', async () => {
  const server = await startApiServer();
  server.put(path, map('a'));
  const troubles: unknown[] = [];
  const { mirror, stop, names, log, sleeps } = mirrorOf(server, () => {
    const trouble = mirror.trouble();
    if (trouble !== undefined) troubles.push({ trouble, names: names() });
  });
  await mirror.ready;
  await vi.waitFor(() => expect(server.seen).toHaveLength(2));
  server.fail(/./, 503, undefined, 6);
  server.endWatches();
  await vi.waitFor(() => expect(troubles.length).toBeGreaterThan(2));
  expect(troubles[0]).toMatchObject({ trouble: { code: 'KUBE_FAILED' }, names: ['a'] });
  await vi.waitFor(() => expect(mirror.trouble()).toBeUndefined());
  expect(log.lines[0]).toMatchObject({ level: 'warn', fields: { resource: 'configmaps', code: 'KUBE_FAILED' } });
  expect(sleeps).toEqual(expect.arrayContaining([500, 1000, 2000]));
  stop.abort();
});

test('a kind that the server does not know has no objects until it does', async () => {
  const server = await startApiServer();
  const { mirror, stop, names } = mirrorOf(server);
  await mirror.ready;
  expect(names()).toEqual([]);
  server.put(path, map('a'));
  await vi.waitFor(() => expect(names()).toEqual(['a']));
  stop.abort();
});

test.each([
  '{"type":"ERROR","object":{"code":410}}\n',
  '{"type":"ODD","object":{"metadata":{"name":"a","resourceVersion":"1"}}}\n',
  '{"type":"ADDED"}\n',
])('a watch that says %s is one that failed', async (line) => {
  const host = await startHttp((_, response) => response.end(line));
  const client = makeKubeClient(accessTo(`http://${host}`), options);
  const code = line.includes('410') ? 'KUBE_EXPIRED' : 'KUBE_ANSWER_INVALID';
  await expect(Array.fromAsync(client.watch(maps, '1'))).rejects.toThrowCode(code);
});

test('a line of a watch has an end', async () => {
  const host = await startHttp((_, response) => response.end(' '.repeat(17 * 2 ** 20)));
  const client = makeKubeClient(accessTo(`http://${host}`), options);
  await expect(Array.fromAsync(client.watch(maps, '1'))).rejects.toThrowCode('KUBE_ANSWER_INVALID');
});

test('only the authority of the cluster vouches for it, and its name may be another', async () => {
  const { ca, cert, key } = certificates;
  const host = await startHttps({ cert, key, ca }, (_, response) => response.end('{"metadata":{"name":"a"}}'));
  const credential = { kind: 'certificate', certificate: cert, key } as const;
  const get = (more: Partial<KubeAccess>) =>
    makeKubeClient(accessTo(`https://${host}`, { credential, ...more }), options).get(maps, { name: 'a' });
  expect(await get({ authority: ca })).toMatchObject({ metadata: { name: 'a' } });
  expect(await get({ authority: ca, serverName: 'localhost' })).toMatchObject({ metadata: { name: 'a' } });
  expect(await get({ isInsecure: true })).toMatchObject({ metadata: { name: 'a' } });
  await expect(get({})).rejects.toThrowCode('NET_TLS');
  await expect(get({ authority: ca, serverName: 'elsewhere' })).rejects.toThrowCode('NET_TLS');
});
