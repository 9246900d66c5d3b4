import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeKey } from '../../../testkit/sigstore/keys.ts';
import { parsePlainPrivateKey } from './plain-key.ts';
import { parsePublicKey, publicKeyPem } from './public-key.ts';
import { verifySignature } from './signature.ts';
import { toSigningKey } from './signing-key.ts';

const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;

function pemOf(key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8'): string {
  return key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString();
}

test.each(kinds)('a plain key of %s is taken, and what it signs is accepted', async (kind) => {
  const pair = makeKey(kind);
  const key = toSigningKey(parsePlainPrivateKey(pemOf(pair.privateKey)));
  expect(publicKeyPem(key.publicKey)).toBe(pair.pem);
  const message = Buffer.from('a message');
  const signature = await key.sign(message);
  expect(await verifySignature(parsePublicKey(pair.pem), key.scheme, { message }, signature)).toBe(true);
});

test('older forms of RSA and of curves are taken too', () => {
  const [rsa, curve] = [makeKey('rsa').privateKey, makeKey().privateKey];
  expect(parsePlainPrivateKey(pemOf(rsa, 'pkcs1')).equals(rsa)).toBe(true);
  expect(parsePlainPrivateKey(`# a comment\n${pemOf(curve, 'sec1')}`).equals(curve)).toBe(true);
});

test('Ed25519 signs the message itself when asked to', async () => {
  const pair = makeKey('ed25519');
  const key = toSigningKey(pair.privateKey, 'ed25519');
  expect(key.scheme).toEqual({ name: 'ed25519' });
  expect(await key.sign(Buffer.from('m'))).toEqual(pair.sign(Buffer.from('m')));
});

const encrypted = makeKey()
  .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();
const unusual = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

test.each<[string, string, string]>([
  ['nothing', '', 'TRUST_PRIVATE_KEY_INVALID'],
  [
    'parameters before the key',
    '-----BEGIN EC PARAMETERS-----\nBg==\n-----END EC PARAMETERS-----',
    'TRUST_PRIVATE_KEY_INVALID',
  ],
  ['a key that OpenSSL encrypted', encrypted, 'TRUST_PRIVATE_KEY_INVALID'],
  [
    'a public key',
    createPublicKey(unusual).export({ type: 'spki', format: 'pem' }).toString(),
    'TRUST_PRIVATE_KEY_INVALID',
  ],
  ['damage', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', 'TRUST_PRIVATE_KEY_INVALID'],
  ['too much', 'x'.repeat(70_000), 'TRUST_PRIVATE_KEY_INVALID'],
  ['another curve', pemOf(unusual), 'TRUST_KEY_UNSUPPORTED'],
  ['RSA of 1024 bits', pemOf(short), 'TRUST_KEY_UNSUPPORTED'],
])('%s is not taken', (_, pem, code) => {
  expect(() => parsePlainPrivateKey(pem)).toThrowCode(code);
});
