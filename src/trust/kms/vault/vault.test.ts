import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../testkit/context.ts';
import { startTransit, type TestTransit, type TransitOptions } from '../../../../testkit/transit.ts';
import { makeFetch } from '../../../net/index.ts';
import { publicKeyPem } from '../../keys/public-key.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';

function accessTo({ address }: Pick<TestTransit, 'address'>, more: KmsAccess['environment'] = {}): KmsAccess {
  const environment = { VAULT_ADDR: address, VAULT_TOKEN: 'a-token', ...more };
  return { fetch: async () => makeFetch({}), environment };
}

const message = Buffer.from('a message');

test.each([
  ['ecdsa-p256', 'sign/k/sha2-256'],
  ['ecdsa-p384', 'sign/k/sha2-384'],
  ['ecdsa-p521', 'sign/k/sha2-512'],
  ['rsa-2048', 'sign/k/sha2-256'],
  ['ed25519', 'sign/k'],
] as const)('a key of %s signs by %s', async (kind, path) => {
  const transit = await startTransit();
  const { pem } = transit.rotate('k', kind);
  for (const id of ['hashivault', 'openbao']) {
    const key = await openKmsKey(`${id}://k`, accessTo(transit), 'ed25519');
    expect(publicKeyPem(key.publicKey)).toBe(pem);
    expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
  }
  expect(transit.requests).toContain(`PUT /v1/transit/${path}`);
  expect(transit.unanswered).toEqual([]);
});

test.each(['ecdsa-p384', 'ecdsa-p521'] as const)('a key of %s signs by SHA-256 for Rekor 1', async (kind) => {
  const transit = await startTransit();
  transit.rotate('k', kind);
  const key = await openKmsKey('hashivault://k', accessTo(transit), 'rekor1-envelope');
  expect(key.scheme).toEqual({ name: 'ecdsa', hash: 'sha256' });
  expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
});

test('a key is made on P-256; one that is there stays as it is', async () => {
  const transit = await startTransit();
  const made = await createKmsKey('hashivault://release', accessTo(transit));
  expect(made.kind).toBe('ecdsa-p256');
  const again = await createKmsKey('openbao://release', accessTo(transit));
  expect(publicKeyPem(again)).toBe(publicKeyPem(made));
});

test('the newest version signs, also when there is a newer one meanwhile; VAULT_KEY_PREFIX tells which one verifies', async () => {
  const transit = await startTransit();
  const first = transit.rotate('k');
  const key = await openKmsKey('hashivault://k', accessTo(transit));
  const second = transit.rotate('k');
  const signature = await key.sign(message);
  expect(await verifySignature(key.publicKey, key.scheme, { message }, signature)).toBe(true);
  const environment = { VAULT_KEY_PREFIX: 'vault:v1:' };
  expect(publicKeyPem(await readKmsKey('hashivault://k', accessTo(transit)))).toBe(second.pem);
  expect(publicKeyPem(await readKmsKey('hashivault://k', accessTo(transit, environment)))).toBe(first.pem);
  expect(publicKeyPem((await openKmsKey('hashivault://k', accessTo(transit, environment))).publicKey)).toBe(second.pem);
});

test('mount, namespace, a path before the API and a token that was kept', async () => {
  const transit = await startTransit({ mount: 'teams/sign', namespace: 'one/two', token: 'kept' });
  const { pem } = transit.rotate('k');
  const home = temporaryDirectory();
  writeFileSync(join(home, '.vault-token'), 'kept\n');
  const environment = {
    VAULT_ADDR: undefined,
    VAULT_TOKEN: '',
    BAO_ADDR: `${transit.address}/`,
    BAO_NAMESPACE: 'one/two',
    TRANSIT_SECRET_ENGINE_PATH: '/teams/sign/',
    HOME: home,
  };
  expect(publicKeyPem(await readKmsKey('openbao://k', accessTo(transit, environment)))).toBe(pem);
});

const other = { status: 200, body: '{"data": {"latest_version": 1, "keys": {"1": {"public_key": "none"}}}}' };

test.each<[string, string, KmsAccess['environment'], TransitOptions, string]>([
  ['a name of more parts', 'hashivault://a/b', {}, {}, 'TRUST_KMS_REFERENCE'],
  ['no name', 'hashivault://', {}, {}, 'TRUST_KMS_REFERENCE'],
  ['no address', 'hashivault://k', { VAULT_ADDR: '' }, {}, 'TRUST_KMS_SETTING'],
  ['an address of another kind', 'hashivault://k', { VAULT_ADDR: 'unix:///run/vault' }, {}, 'TRUST_KMS_SETTING'],
  ['no token', 'hashivault://k', { VAULT_TOKEN: '', HOME: '/nowhere' }, {}, 'TRUST_KMS_SETTING'],
  ['no token and no home', 'hashivault://k', { VAULT_TOKEN: '' }, {}, 'TRUST_KMS_SETTING'],
  ['a token of two lines', 'hashivault://k', { VAULT_TOKEN: 'a\nb' }, {}, 'TRUST_KMS_SETTING'],
  ['a namespace of two lines', 'hashivault://k', { VAULT_NAMESPACE: 'a\nb' }, {}, 'TRUST_KMS_SETTING'],
  ['a mount that leaves the API', 'hashivault://k', { TRANSIT_SECRET_ENGINE_PATH: '../sys' }, {}, 'TRUST_KMS_SETTING'],
  ['a version that is none', 'hashivault://k', { VAULT_KEY_PREFIX: 'v1' }, {}, 'TRUST_KMS_SETTING'],
  ['a key that is not there', 'hashivault://nothing', {}, {}, 'TRUST_KMS_KEY_MISSING'],
  ['a version that is not there', 'hashivault://k', { VAULT_KEY_PREFIX: 'vault:v9:' }, {}, 'TRUST_KMS_INVALID'],
  ['another token', 'hashivault://k', { VAULT_TOKEN: 'hidden' }, {}, 'TRUST_KMS_REFUSED'],
  [
    'a server that is sealed',
    'hashivault://k',
    {},
    { fault: () => ({ status: 503, body: 'sealed' }) },
    'TRUST_KMS_BUSY',
  ],
  ['no JSON', 'hashivault://k', {}, { fault: () => ({ status: 200, body: '<html>' }) }, 'TRUST_KMS_INVALID'],
  ['a key that is none', 'hashivault://k', {}, { fault: () => other }, 'TRUST_KMS_INVALID'],
])('%s is refused', async (_, reference, environment, options, code) => {
  const transit = await startTransit(options);
  transit.rotate('k');
  const refused = readKmsKey(reference, accessTo(transit, environment));
  await expect(refused).rejects.toThrowCode(code);
  await expect(refused).rejects.not.toThrow('hidden');
});

test.each([
  ['of something else', 'vault:v1:MEUCIQD'],
  ['without a version', 'AAAA'],
  ['that never ends', `vault:v1:${'A'.repeat(10_000)}`],
])('a signature %s is none', async (_, signature) => {
  const body = JSON.stringify({ data: { signature } });
  const fault = (path: string) => (path.includes('/sign/') ? { status: 200, body } : undefined);
  const transit = await startTransit({ fault });
  transit.rotate('k');
  const key = await openKmsKey('hashivault://k', accessTo(transit));
  await expect(key.sign(message)).rejects.toThrowCode('TRUST_KMS_SIGNATURE');
});

test('a server that is busy once is asked again', async () => {
  const faults = [{ status: 503, body: '{"errors":["standby"]}' }];
  const transit = await startTransit({ fault: () => faults.shift() });
  const { pem } = transit.rotate('k');
  expect(publicKeyPem(await readKmsKey('hashivault://k', accessTo(transit)))).toBe(pem);
});
