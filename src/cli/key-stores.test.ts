import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KeyStoreOptions, startKeyStores } from '../../testkit/key-stores.ts';
import { startApiServer } from '../../testkit/kube.ts';
import { signingPlace } from '../../testkit/signing.ts';

const noLog = ['--use-signing-config=false', '--tlog-upload=false'];

async function placeWithStores(options?: KeyStoreOptions) {
  const [place, stores] = [await signingPlace(), await startKeyStores(options)];
  const environment = {
    COSIGN_PASSWORD: 'pässword',
    GITHUB_HOST: stores.address,
    GITHUB_TOKEN: 'a-token',
    GITLAB_HOST: stores.address,
    GITLAB_TOKEN: 'a-token',
  };
  const run = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    place.run(words, { environment: { ...environment, ...more } });
  const make = (where: string, more = {}) =>
    run(['generate-key-pair', where, '--output-key-prefix', place.at('kept')], more);
  return { place, stores, run, make };
}

test.each([
  ['github://org/app', 'repos/org/app', undefined],
  ['github://org', 'orgs/org', 'private'],
])('a pair is kept as secrets of %s, whose private half a job can use', async (where, at, visibility) => {
  const { place, stores, run, make } = await placeWithStores();
  expect(await make(where)).toMatchObject({
    code: 0,
    stderr: [
      'Password written to COSIGN_PASSWORD github actions secret',
      'Private key written to COSIGN_PRIVATE_KEY github actions secret',
      'Public key written to COSIGN_PUBLIC_KEY github actions secret',
      `Public key also written to ${place.at('kept.pub')}`,
      '',
    ].join('\n'),
  });
  expect(stores.kept.get(`${at}/COSIGN_PASSWORD`)).toBe('pässword');
  expect(stores.visibility.get(`${at}/COSIGN_PASSWORD`)).toBe(visibility);
  expect(stores.kept.get(`${at}/COSIGN_PUBLIC_KEY`)).toBe(readFileSync(place.at('kept.pub'), 'utf8'));
  const job = { COSIGN_PRIVATE_KEY: stores.kept.get(`${at}/COSIGN_PRIVATE_KEY`) ?? '' };
  expect(await run(['public-key', '--key', 'env://COSIGN_PRIVATE_KEY'], job)).toMatchObject({
    code: 0,
    stdout: readFileSync(place.at('kept.pub'), 'utf8'),
  });
  expect(stores.unanswered).toEqual([]);
});

test.each(['gitlab://org/app', 'gitlab://7', 'gitlab://org'])(
  'a pair that is kept in %s signs and verifies',
  async (where) => {
    const { place, stores, run, make } = await placeWithStores();
    expect(await make(where)).toMatchObject({ code: 0, stderr: expect.stringContaining('"COSIGN_PRIVATE_KEY"') });
    const other = { COSIGN_PASSWORD: 'of another key' };
    expect(await run(['sign', '--key', where, ...noLog, place.name], other)).toMatchObject({ code: 0 });
    for (const key of [where, 'kept.pub']) {
      expect(await run(['verify', '--key', key, '--insecure-ignore-tlog', place.name])).toMatchObject({ code: 0 });
    }
    expect(await run(['public-key', '--key', where])).toMatchObject({
      stdout: readFileSync(place.at('kept.pub'), 'utf8'),
    });
    expect(stores.unanswered).toEqual([]);
  },
);

test('a pair that GitLab has already is not replaced', async () => {
  const { stores, make } = await placeWithStores();
  await make('gitlab://org/app');
  const before = new Map(stores.kept);
  expect(await make('gitlab://org/app')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('TRUST_STORE_REFUSED'),
  });
  expect(stores.kept).toEqual(before);
});

test.each([
  [['generate-key-pair', 'github://a/b/c'], {}, 'TRUST_STORE_REFERENCE'],
  [['generate-key-pair', 'github://a/..'], {}, 'TRUST_STORE_REFERENCE'],
  [['generate-key-pair', 'gitlab://a?b'], {}, 'TRUST_STORE_REFERENCE'],
  [['generate-key-pair', 'somewhere'], {}, 'TRUST_STORE_REFERENCE'],
  [['generate-key-pair', 'github://org/app'], { GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
  [['generate-key-pair', 'github://org/app'], { GITHUB_TOKEN: 'a\nb' }, 'GITHUB_TOKEN is no token'],
  [['generate-key-pair', 'gitlab://org/app'], { GITLAB_HOST: 'ftp://a' }, 'GITLAB_HOST is no address'],
  [['generate-key-pair', 'gitlab://org/app'], { GITLAB_TOKEN: 'hidden' }, 'TRUST_STORE_REFUSED'],
  [['generate-key-pair', 'gitlab://another'], {}, 'TRUST_STORE_REFUSED'],
  [['public-key', '--key', 'gitlab://org/app'], {}, 'TRUST_STORE_REFUSED'],
  [['public-key', '--key', 'github://org/app'], {}, 'TRUST_STORE_UNREADABLE'],
  [['import-key-pair', '--key', 'gitlab://org/app'], {}, 'CLI_KEY_REFERENCE'],
])('%j with %j ends with %s', async (words, more, told) => {
  const { run } = await placeWithStores();
  const { code, stderr } = await run(words, more);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
  expect(stderr).not.toContain('hidden');
});

test.each([
  ['github://org/app', '{}', 'TRUST_STORE_INVALID'],
  ['github://org/app', '{"key_id": "1", "key": "AAAA"}', 'TRUST_STORE_INVALID'],
  ['gitlab://org/app', '<html>', 'TRUST_STORE_INVALID'],
])('what %s answers with %s is not used', async (where, answer, code) => {
  const { stores, make } = await placeWithStores({ fault: () => [200, answer] });
  expect(await make(where)).toMatchObject({ code: 1, stderr: expect.stringContaining(code) });
  expect(stores.kept.size).toBe(0);
});

const secrets = '/api/v1/namespaces/build/secrets';

async function placeWithCluster() {
  const [place, server] = [await signingPlace(), await startApiServer([secrets])];
  writeFileSync(
    place.at('kubeconfig.json'),
    JSON.stringify({
      'current-context': 'one',
      contexts: [{ name: 'one', context: { cluster: 'one', user: 'one' } }],
      clusters: [{ name: 'one', cluster: { server: server.url } }],
      users: [{ name: 'one', user: { token: 'a-token' } }],
    }),
  );
  const environment = { KUBECONFIG: place.at('kubeconfig.json'), COSIGN_PASSWORD: 'a password' };
  const run = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    place.run(words, { environment: { ...environment, ...more } });
  const make = (where: string) => run(['generate-key-pair', where, '--output-key-prefix', place.at('kept')]);
  return { place, server, run, make };
}

test('a pair that is kept in a secret signs and verifies', async () => {
  const { place, server, run, make } = await placeWithCluster();
  server.put(secrets, { metadata: { name: 'signing', namespace: 'build' }, data: { other: 'YQ==' } });
  expect(await make('k8s://build/signing')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Successfully created secret signing in namespace build'),
  });
  const secret = server.read(secrets, 'signing');
  const data = secret?.['data'] as Readonly<Record<string, string>>;
  expect(Object.keys(data).sort()).toEqual(['cosign.key', 'cosign.password', 'cosign.pub', 'other']);
  expect(secret?.['immutable']).toBe(true);
  expect(Buffer.from(data['cosign.pub'] ?? '', 'base64').toString()).toBe(readFileSync(place.at('kept.pub'), 'utf8'));
  const other = { COSIGN_PASSWORD: 'of another key' };
  expect(await run(['sign', '--key', 'k8s://build/signing', ...noLog, place.name], other)).toMatchObject({ code: 0 });
  for (const key of ['k8s://build/signing', 'kept.pub']) {
    expect(await run(['verify', '--key', key, '--insecure-ignore-tlog', place.name])).toMatchObject({ code: 0 });
  }
});

test('a secret that has a key is left alone', async () => {
  const { server, make } = await placeWithCluster();
  expect(await make('k8s://build/signing')).toMatchObject({ code: 0 });
  const before = server.read(secrets, 'signing');
  expect(await make('k8s://build/signing')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('TRUST_STORE_TAKEN'),
  });
  expect(server.read(secrets, 'signing')).toEqual(before);
});

test.each([
  ['k8s://build', 'TRUST_STORE_REFERENCE'],
  ['k8s://build/../other/x', 'TRUST_STORE_REFERENCE'],
  ['k8s://build/none', 'there is no secret k8s://build/none'],
  ['k8s://build/empty', 'k8s://build/empty has no cosign.pub'],
  ['k8s://build/broken', 'k8s://build/broken has no cosign.pub'],
])('%s is no key', async (key, told) => {
  const { server, run } = await placeWithCluster();
  server.put(secrets, { metadata: { name: 'empty', namespace: 'build' } });
  server.put(secrets, { metadata: { name: 'broken', namespace: 'build' }, data: { 'cosign.pub': '!' } });
  expect(await run(['public-key', '--key', key])).toMatchObject({ code: 1, stderr: expect.stringContaining(told) });
});

test('without a cluster it is said', async () => {
  const { findStoredKey } = await import('../trust/stores/index.ts');
  const fetch = () => Promise.reject(new TypeError('no network'));
  const key = await findStoredKey('k8s://build/signing', { fetch, environment: {} });
  await expect(key.readPublic()).rejects.toThrowCode('TRUST_STORE_SETTING');
});
