import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordLog, temporaryDirectory } from '../../../testkit/context.ts';
import { forgetLogin, keepLogin, type LoginPlace } from './keep.ts';
import { pullSecretCredentials } from './pull-secret.ts';
import { storedCredentials } from './stored.ts';

interface Given extends LoginPlace {
  readonly read: () => Record<string, unknown>;
  readonly find: (host: string) => Promise<unknown>;
}

/** A helper that keeps one credential in a file beside it. */
const helper = `dir=$(dirname "$0"); case "$1" in
store) read -r s; echo "$s" > "$dir/kept" ;;
get) [ -f "$dir/kept" ] && read -r s < "$dir/kept" && echo "$s" || { echo "credentials not found in native keychain"; exit 1; } ;;
erase) [ -f "$dir/kept" ] && rm "$dir/kept" || { echo "credentials not found in native keychain"; exit 1; } ;;
esac`;

function given(registry: string, config?: unknown): Given {
  const directory = temporaryDirectory();
  const path = join(directory, 'config.json');
  if (config !== undefined) writeFileSync(path, JSON.stringify(config));
  const program = join(directory, 'docker-credential-test');
  writeFileSync(program, `#!/bin/sh\n${helper}\n`);
  chmodSync(program, 0o755);
  const environment = { PATH: `${directory}:/usr/bin:/bin` };
  return {
    path,
    registry,
    environment,
    read: () => JSON.parse(readFileSync(path, 'utf8')),
    find: (host) => storedCredentials({ files: [path], environment, log: recordLog() })({ host, repository: 'a' }),
  };
}

const login = { kind: 'basic', username: 'u', password: 'p:q' } as const;
const token = { kind: 'identity', token: 't' } as const;

test.each([
  ['r.test', 'r.test', 'r.test', login],
  ['r.test:5000', 'r.test:5000', 'r.test:5000', token],
  ['docker.io', 'https://index.docker.io/v1/', 'index.docker.io', login],
])('a login for %s is kept in the file, readable by its owner alone', async (registry, key, host, credential) => {
  const place = given(registry);
  expect(await keepLogin(place, credential)).toEqual({ path: place.path });
  expect(Object.keys(place.read()['auths'] as object)).toEqual([key]);
  expect(statSync(place.path).mode & 0o777).toBe(0o600);
  expect(await place.find(host)).toEqual(credential);
  expect(await forgetLogin(place)).toBe(true);
  expect(await forgetLogin(place)).toBe(false);
  expect(await place.find(host)).toBeUndefined();
});

test('all else in the file stays, and other spellings of the registry go', async () => {
  const others = { 'other.test': { auth: 'dTpw' } };
  const place = given('r.test', { auths: { ...others, 'https://r.test/v2/': {} }, HttpHeaders: { a: 'b' }, x: [1] });
  await keepLogin(place, login);
  const entry = { auth: Buffer.from('u:p:q').toString('base64') };
  expect(place.read()).toEqual({ auths: { ...others, 'r.test': entry }, HttpHeaders: { a: 'b' }, x: [1] });
});

test('a file behind a link is written where it lies', async () => {
  const place = given('r.test', {});
  const link = join(temporaryDirectory(), 'config.json');
  symlinkSync(place.path, link);
  await keepLogin({ ...place, path: link }, login);
  expect(place.read()['auths']).toHaveProperty(['r.test']);
});

test.each([
  ['for all', { credsStore: 'test' }],
  ['for the registry', { credHelpers: { 'r.test': 'test' }, credsStore: 'none' }],
])('the helper %s keeps the secret, and the file only the name', async (_, config) => {
  const place = given('r.test', config);
  expect(await keepLogin(place, login)).toEqual({ path: place.path, helper: 'test' });
  expect(place.read()).toEqual({ ...config, auths: { 'r.test': {} } });
  expect(await place.find('r.test')).toEqual(login);
  expect(await forgetLogin(place)).toBe(true);
  expect(existsSync(join(place.path, '../kept'))).toBe(false);
  expect(await forgetLogin(place)).toBe(false);
  expect(place.read()).toEqual({ ...config, auths: {} });
});

test('what is damaged is not written over', async () => {
  const place = given('r.test');
  writeFileSync(place.path, '{"auths":');
  await expect(keepLogin(place, login)).rejects.toThrowCode('OCI_CREDENTIALS_INVALID');
  await expect(forgetLogin(place)).rejects.toThrowCode('OCI_CREDENTIALS_INVALID');
  expect(readFileSync(place.path, 'utf8')).toBe('{"auths":');
  const colon = keepLogin(given('r.test'), { ...login, username: 'a:b' });
  await expect(colon).rejects.toThrowCode('OCI_CREDENTIALS_INVALID');
});

test('pull secrets of both types, in order; what cannot be read is left out', async () => {
  const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
  const log = recordLog();
  const secrets = [
    { name: 'ns/broken', type: 'kubernetes.io/dockerconfigjson', bytes: Buffer.from('{') },
    { name: 'ns/old', type: 'kubernetes.io/dockercfg', bytes: Buffer.from(JSON.stringify({ 'r.test': auth('a:b') })) },
    {
      name: 'ns/new',
      type: 'kubernetes.io/dockerconfigjson',
      bytes: Buffer.from(JSON.stringify({ auths: { 'r.test': auth('c:d'), 's.test/org': auth('e:f') } })),
    },
  ] as const;
  const find = pullSecretCredentials(async () => secrets, log);
  expect(await find({ host: 'r.test', repository: 'x' })).toEqual({ kind: 'basic', username: 'a', password: 'b' });
  expect(await find({ host: 's.test', repository: 'org/x' })).toMatchObject({ username: 'e' });
  expect(await find({ host: 's.test', repository: 'other' })).toBeUndefined();
  expect(log.lines.every(({ fields }) => fields['secret'] === 'ns/broken')).toBe(true);
  expect(log.lines).toHaveLength(3);
});
