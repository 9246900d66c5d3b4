import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { basic, startRegistry } from '../../testkit/registry.ts';
import { sampleImage } from '../../testkit/sample.ts';
import { parseImageReference } from '../core/index.ts';
import type { RegistryClient } from '../oci/index.ts';
import { fetchOpener, type RegistryAccess, registryOpener } from './registry-access.ts';

function open(access: RegistryAccess): Promise<RegistryClient> {
  const fetch = fetchOpener(access);
  return registryOpener(access, { clock: fixedClock('2025-06-20T00:00:00Z'), log: recordLog(), fetch })();
}

const auth = { kind: 'basic', username: 'me', password: 'hunter2' } as const;
const credential = { kind: 'basic', username: 'me', password: 'hunter2' } as const;

test('a login is sent to its registry and to no other', async () => {
  const registry = await startRegistry({ auth });
  const other = await startRegistry({ auth });
  await registry.put('app', '1', sampleImage());
  const client = await open({ logins: [{ registry: registry.host, credential }] });
  await client.open(parseImageReference(`${registry.host}/app:1`));
  await expect(client.open(parseImageReference(`${other.host}/app:1`))).rejects.toThrow();
  expect(other.seen.map(({ authorization }) => authorization).filter((value) => value !== undefined)).toEqual([]);
});

test('logins that docker has stored are used when the environment is given', async () => {
  const registry = await startRegistry({ auth });
  await registry.put('app', '1', sampleImage());
  const directory = temporaryDirectory();
  const entry = { auth: Buffer.from('me:hunter2').toString('base64') };
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths: { [registry.host]: entry } }));
  const reference = parseImageReference(`${registry.host}/app:1`);
  await (await open({ environment: { DOCKER_CONFIG: directory } })).open(reference);
  expect(registry.seen.at(-1)?.authorization).toBe(basic('me', 'hunter2'));
  await expect((await open({})).open(reference)).rejects.toThrow();
});

test('a table of registries says where names are contacted', async () => {
  const registry = await startRegistry();
  await registry.put('copies/app', '1', sampleImage());
  const registriesFile = join(temporaryDirectory(), 'registries.conf');
  writeFileSync(registriesFile, `[[registry]]\nprefix="ghcr.io/org"\nlocation="${registry.host}/copies"\n`);
  const opened = await (await open({ registriesFile })).open(parseImageReference('ghcr.io/org/app:1'));
  expect(opened.repository.place).toEqual({ host: registry.host, repository: 'copies/app' });
});

test('hosts outside the allowed ones are not contacted', async () => {
  const registry = await startRegistry();
  const client = await open({ allowedHosts: ['registry.example.com'] });
  await expect(client.open(parseImageReference(`${registry.host}/app:1`))).rejects.toThrowCode('NET_HOST_NOT_ALLOWED');
  expect(registry.seen).toEqual([]);
});

test('a fetch of one’s own takes the place of the built-in one', async () => {
  const urls: string[] = [];
  const client = await open({
    fetch: async ({ url }) => {
      urls.push(url.href);
      throw new RangeError('no network here');
    },
  });
  await expect(client.open(parseImageReference('localhost:5000/app:1'))).rejects.toThrow('no network here');
  expect(urls[0]).toContain('localhost:5000/v2/');
});

test('certificates that cannot be read are an error', async () => {
  const path = join(temporaryDirectory(), 'ca.pem');
  await expect(open({ certificateFiles: [path] })).rejects.toThrowCode('DISK_NOT_FOUND');
});

test('an endpoint gets the logins of its own host, and none of the name that it stands in for', async () => {
  const registry = await startRegistry({ auth });
  await registry.put('app', '1', sampleImage());
  const endpoints = { 'https://ghcr.io': `http://${registry.host}` };
  const reference = parseImageReference('ghcr.io/app:1');
  const login = (name: string): RegistryAccess => ({ endpoints, logins: [{ registry: name, credential }] });
  const opened = await (await open(login(registry.host))).open(reference);
  expect(opened.repository.place.host).toBe(registry.host);
  expect(registry.seen.at(-1)?.authorization).toBe(basic('me', 'hunter2'));
  const before = registry.seen.length;
  await expect((await open(login('ghcr.io'))).open(reference)).rejects.toThrowCode('OCI_UNAUTHORIZED');
  expect(
    registry.seen
      .slice(before)
      .map(({ authorization }) => authorization)
      .filter((value) => value !== undefined),
  ).toEqual([]);
});
