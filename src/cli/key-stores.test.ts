import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type KeyStoreOptions, startKeyStores } from '../../testkit/key-stores.ts';
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
