import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordLog, temporaryDirectory } from '../../../testkit/context.ts';
import { credentialFor, type RegistryCredential } from './credential.ts';
import { credentialFiles, storedCredentials } from './stored.ts';

interface Given {
  readonly directory: string;
  find(host: string, repository: string): Promise<RegistryCredential | undefined>;
  readonly log: ReturnType<typeof recordLog>;
}

/** Stores files of logins, and helpers as shell scripts; PATH is that directory alone. */
function given(files: readonly unknown[], helpers: Record<string, string> = {}): Given {
  const directory = temporaryDirectory();
  const log = recordLog();
  const paths = files.map((_, index) => join(directory, `${index}.json`));
  files.forEach((content, index) => {
    writeFileSync(paths[index] ?? '', typeof content === 'string' ? content : JSON.stringify(content));
  });
  for (const [name, script] of Object.entries(helpers)) {
    const path = join(directory, `docker-credential-${name}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  const source = storedCredentials({
    files: [...paths, join(directory, 'none.json')],
    environment: { PATH: directory },
    log,
  });
  return { directory, log, find: (host, repository) => source({ host, repository }) };
}

const auth = (text: string): { auth: string } => ({ auth: Buffer.from(text).toString('base64') });
const login = (username: string, password: string): RegistryCredential => ({ kind: 'basic', username, password });

test.each<[string, unknown, string, string, RegistryCredential | undefined]>([
  ['a registry', { auths: { 'r.test': auth('u:p:q') } }, 'r.test', 'a', login('u', 'p:q')],
  ['another registry', { auths: { 'r.test': auth('u:p') } }, 'other.test', 'a', undefined],
  ['a port', { auths: { 'r.test:5000': auth('u:p') } }, 'r.test:5000', 'a', login('u', 'p')],
  [
    'a registry with scheme and version',
    { auths: { 'https://r.test/v2/': auth('u:p') } },
    'r.test',
    'a',
    login('u', 'p'),
  ],
  [
    'Docker Hub by its old name',
    { auths: { 'https://index.docker.io/v1/': auth('u:p') } },
    'index.docker.io',
    'library/a',
    login('u', 'p'),
  ],
  [
    'Docker Hub as podman has it',
    { auths: { 'docker.io': auth('u:p') } },
    'index.docker.io',
    'library/a',
    login('u', 'p'),
  ],
  [
    'the nearest path',
    { auths: { 'r.test/a/b': auth('near:p'), 'r.test/a': auth('mid:p'), 'r.test': auth('far:p') } },
    'r.test',
    'a/b/c',
    login('near', 'p'),
  ],
  ['no path of a similar name', { auths: { 'r.test/a': auth('u:p') } }, 'r.test', 'ab', undefined],
  [
    'user and password apart',
    { auths: { 'r.test': { username: 'u', password: 'p' } } },
    'r.test',
    'a',
    login('u', 'p'),
  ],
  [
    'an identity token',
    { auths: { 'r.test': { ...auth('u:'), identitytoken: 't' } } },
    'r.test',
    'a',
    { kind: 'identity', token: 't' },
  ],
  ['a registry token', { auths: { 'r.test': { registrytoken: 't' } } }, 'r.test', 'a', { kind: 'bearer', token: 't' }],
  ['an empty entry', { auths: { 'r.test': {} } }, 'r.test', 'a', undefined],
  ['entries of the wrong kind', { auths: [], credHelpers: 1, credsStore: 2 }, 'r.test', 'a', undefined],
  ['an empty file', '', 'r.test', 'a', undefined],
])('finds logins for %s', async (_, config, host, repository, expected) => {
  const { find, log } = given([config]);
  expect(await find(host, repository)).toEqual(expected);
  expect(log.lines).toEqual([]);
});

test('asks one file after the other', async () => {
  const { find } = given([
    { auths: { 'a.test': auth('a:p') } },
    { auths: { 'a.test': auth('x:p'), 'b.test': auth('b:p') } },
  ]);
  expect(await find('a.test', 'x')).toEqual(login('a', 'p'));
  expect(await find('b.test', 'x')).toEqual(login('b', 'p'));
});

const echoServer = 'read server; echo "{\\"Username\\":\\"helper\\",\\"Secret\\":\\"$server\\"}"';

test('asks helpers', async () => {
  const config = {
    credsStore: 'store',
    credHelpers: { 'special.test': 'special' },
    auths: { 'file.test': auth('file:p') },
  };
  const { find } = given([config], { store: echoServer, special: 'echo \'{"Username":"<token>","Secret":"s"}\'' });
  expect(await find('special.test', 'a')).toEqual({ kind: 'identity', token: 's' });
  expect(await find('file.test', 'a')).toEqual(login('file', 'p'));
  expect(await find('r.test', 'a')).toEqual(login('helper', 'r.test'));
  expect(await find('index.docker.io', 'a')).toEqual(login('helper', 'https://index.docker.io/v1/'));
});

test('a helper that knows nothing is no failure', async () => {
  const { find, log } = given([{ credsStore: 'store' }], {
    store: 'echo "credentials not found in native keychain"; exit 1',
  });
  expect(await find('r.test', 'a')).toBeUndefined();
  expect(log.lines).toEqual([]);
});

test.each<[string, unknown, Record<string, string>]>([
  ['a file that is no JSON', '{', {}],
  ['an auth that is not base64 of a pair', { auths: { 'r.test': { auth: 'AAAA' } } }, {}],
  ['a helper that is not there', { credsStore: 'absent' }, {}],
  ['a helper that fails', { credsStore: 'store' }, { store: 'echo secret-in-output; exit 3' }],
  ['a helper of a hostile name', { credsStore: '../../bin/sh' }, {}],
])('%s is logged, and the next file is asked', async (_, config, helpers) => {
  const { find, log } = given([config, { auths: { 'r.test': auth('next:p') } }], helpers);
  expect(await find('r.test', 'a')).toEqual(login('next', 'p'));
  expect(log.lines).toMatchObject([{ level: 'warn', fields: { host: 'r.test' } }]);
  expect(JSON.stringify(log.lines)).not.toContain('secret-in-output');
});

test('the files are those of docker and podman', () => {
  expect(credentialFiles({ HOME: '/h', REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/x' })).toEqual([
    '/h/.docker/config.json',
    '/f',
    '/x/containers/auth.json',
    '/h/.config/containers/auth.json',
  ]);
  const own = { HOME: '/h', DOCKER_CONFIG: '/d', XDG_CONFIG_HOME: '/c' };
  expect(credentialFiles(own)).toEqual(['/d/config.json', '/c/containers/auth.json']);
  expect(credentialFiles({})).toEqual([]);
});

test('a given login is for its registry only', async () => {
  const own = login('own', 'p');
  const source = credentialFor('docker.io', own, async () => login('stored', 'p'));
  expect(await source({ host: 'index.docker.io', repository: 'a' })).toEqual(own);
  expect(await source({ host: 'ghcr.io', repository: 'a' })).toEqual(login('stored', 'p'));
});
