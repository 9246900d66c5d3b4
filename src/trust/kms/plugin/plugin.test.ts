import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installKmsPlugin } from '../../../../testkit/kms-plugin.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import { publicKeyPem } from '../../keys/public-key.ts';
import { verifySignature } from '../../keys/signature.ts';
import { createKmsKey, openKmsKey, readKmsKey } from '../index.ts';
import type { KmsAccess } from '../scheme.ts';

function accessTo(directory: string): KmsAccess {
  const fetch = () => Promise.reject(new TypeError('a plugin asks by itself'));
  return { fetch, environment: { PATH: `${directory}:/usr/bin:/bin` } };
}

const message = Buffer.from([0, 255, 10, 200]);

test('a key that a plugin made signs, and verifies', async () => {
  const { directory, keyPath } = installKmsPlugin('my-hsm');
  const [access, reference] = [accessTo(directory), `my-hsm://${keyPath}`];
  const made = await createKmsKey(reference, access);
  const key = await openKmsKey(reference, access);
  expect(publicKeyPem(key.publicKey)).toBe(publicKeyPem(made));
  expect(publicKeyPem(await readKmsKey(reference, access))).toBe(publicKeyPem(made));
  expect(await verifySignature(made, key.scheme, { message }, await key.sign(message))).toBe(true);
});

test.each(['ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const)('a key of %s of a plugin signs', async (kind) => {
  const { directory, keyPath } = installKmsPlugin('files');
  const pair = makeKey(kind);
  writeFileSync(keyPath, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const key = await openKmsKey(`files://${keyPath}`, accessTo(directory), 'ed25519');
  expect(await verifySignature(key.publicKey, key.scheme, { message }, await key.sign(message))).toBe(true);
});

test('a plugin that cannot sign Ed25519ph gives no signature', async () => {
  const { directory, keyPath } = installKmsPlugin('files');
  writeFileSync(keyPath, makeKey('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const key = await openKmsKey(`files://${keyPath}`, accessTo(directory));
  await expect(key.sign(message)).rejects.toThrowCode('TRUST_KMS_REFUSED');
});

test.each([
  ['an error', `echo '{"errorMessage": "no such key"}'; exit 1`, 'TRUST_KMS_REFUSED'],
  ['no JSON', 'echo hello', 'TRUST_KMS_INVALID'],
  ['another answer', `echo '{"createKey": {}}'`, 'TRUST_KMS_INVALID'],
  ['no key', `echo '{"publicKey": {"publicKeyPEM": "AAAA"}}'`, 'TRUST_KMS_INVALID'],
])('a plugin that answers %s', async (_, script, code) => {
  const { directory } = installKmsPlugin('files', script);
  await expect(readKmsKey('files://k', accessTo(directory))).rejects.toThrowCode(code);
});

test.each([
  ['files://k', 'PROCESS_PLUGIN_MISSING'],
  ['../x://k', 'TRUST_KMS_REFERENCE'],
])('without a plugin, %s is refused', async (reference, code) => {
  await expect(readKmsKey(reference, accessTo('/nowhere'))).rejects.toThrowCode(code);
});
