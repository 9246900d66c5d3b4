import { createHash, generateKeyPairSync, sign as signRaw } from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeKey } from '../../../testkit/sigstore/keys.ts';
import { decryptPrivateKey, encryptPrivateKey, isEncryptedPrivateKey } from './private-key.ts';
import { keyHint, keyId, parsePkcs1PublicKey, parsePublicKey, sameKey } from './public-key.ts';
import { type SignatureScheme, usualScheme, verifySignature } from './signature.ts';

const message = Buffer.from('a message');
const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa', 'ed25519'] as const;

test.each(kinds)('a key of %s is read from PEM and DER, and checks what it signed', async (kind) => {
  const pair = makeKey(kind);
  const key = parsePublicKey(pair.pem);
  expect(key.kind).toBe(kind);
  expect(sameKey(key, parsePublicKey(pair.spki))).toBe(true);
  expect(keyHint(key)).toBe(createHash('sha256').update(pair.spki).digest('base64'));
  const signature = pair.sign(message);
  const scheme = usualScheme(kind);
  expect(await verifySignature(key, scheme, { message }, signature)).toBe(true);
  expect(await verifySignature(key, scheme, { message: Buffer.from('other') }, signature)).toBe(false);
  expect(await verifySignature(parsePublicKey(makeKey(kind).pem), scheme, { message }, signature)).toBe(false);
});

test.each(['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa'] as const)(
  'a signature of %s is checked by the digest alone',
  async (kind) => {
    const pair = makeKey(kind);
    const key = parsePublicKey(pair.spki);
    const scheme = usualScheme(kind);
    const hash = 'hash' in scheme ? scheme.hash : expect.fail();
    const digest = createHash(hash).update(message).digest();
    const signature = pair.sign(message);
    expect(await verifySignature(key, scheme, { digest, hash }, signature)).toBe(true);
    expect(await verifySignature(key, scheme, { digest: createHash(hash).digest(), hash }, signature)).toBe(false);
    expect(
      await verifySignature(key, scheme, { digest, hash: hash === 'sha512' ? 'sha256' : 'sha512' }, signature),
    ).toBe(false);
    expect(await verifySignature(key, scheme, { digest, hash }, Buffer.alloc(3))).toBe(false);
  },
);

test('Ed25519 needs the message, Ed25519ph its SHA-512 only', async () => {
  const seed = Buffer.alloc(32, 7);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), ed25519ph.getPublicKey(seed)]);
  const key = parsePublicKey(spki);
  const signature = ed25519ph.sign(message, seed);
  const digest = createHash('sha512').update(message).digest();
  expect(await verifySignature(key, { name: 'ed25519ph' }, { message }, signature)).toBe(true);
  expect(await verifySignature(key, { name: 'ed25519ph' }, { digest, hash: 'sha512' }, signature)).toBe(true);
  expect(
    await verifySignature(key, { name: 'ed25519ph' }, { digest: digest.subarray(1), hash: 'sha512' }, signature),
  ).toBe(false);
  expect(await verifySignature(key, { name: 'ed25519' }, { message }, signature)).toBe(false);
  expect(await verifySignature(key, { name: 'ed25519' }, { digest, hash: 'sha512' }, signature)).toBe(false);
});

test('RSA signs in two ways, and each is its own', async () => {
  const pair = makeKey('rsa');
  const key = parsePublicKey(pair.pem);
  const padding = 6;
  const pss = signRaw('sha256', message, { key: pair.privateKey, padding, saltLength: 32 });
  expect(await verifySignature(key, { name: 'rsa-pss', hash: 'sha256' }, { message }, pss)).toBe(true);
  expect(await verifySignature(key, { name: 'rsa-pkcs1', hash: 'sha256' }, { message }, pss)).toBe(false);
});

test('a key does not check signatures of another kind, and bytes that are none are no signature', async () => {
  const schemes: SignatureScheme[] = [...kinds.map(usualScheme), { name: 'ed25519ph' }];
  const keys = kinds.map((kind) => parsePublicKey(makeKey(kind).pem));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...keys),
      fc.constantFrom(...schemes),
      fc.uint8Array({ maxLength: 140 }),
      fc.boolean(),
      async (key, scheme, signature, whole) => {
        const data = whole ? { message } : { digest: createHash('sha256').digest(), hash: 'sha256' as const };
        return !(await verifySignature(key, scheme, data, signature));
      },
    ),
  );
});

test('RSA in the form of PKCS #1', () => {
  const pair = makeKey('rsa');
  const pem = pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const der = pair.publicKey.export({ type: 'pkcs1', format: 'der' });
  expect(keyId(parsePublicKey(pem))).toEqual(keyId(parsePkcs1PublicKey(der)));
});

test.each<[string, string | Uint8Array, string]>([
  ['nothing', '', 'TRUST_KEY_INVALID'],
  ['a private key', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'TRUST_KEY_INVALID'],
  ['damage', makeKey().spki.subarray(1), 'TRUST_KEY_INVALID'],
  ['too much', Buffer.alloc(70_000), 'TRUST_KEY_INVALID'],
  [
    'RSA of 1024 bits',
    generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'der' }),
    'TRUST_KEY_UNSUPPORTED',
  ],
  [
    'another curve',
    generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ type: 'spki', format: 'der' }),
    'TRUST_KEY_UNSUPPORTED',
  ],
])('%s is no key', (_, input, code) => {
  expect(() => parsePublicKey(input)).toThrowCode(code);
});

test('a private key is encrypted and opened with its password', async () => {
  const { privateKey } = makeKey('ecdsa-p384');
  const text = await encryptPrivateKey(privateKey, Buffer.from('secret'));
  expect(isEncryptedPrivateKey(text)).toBe(true);
  expect(isEncryptedPrivateKey('-----BEGIN PRIVATE KEY-----')).toBe(false);
  const opened = await decryptPrivateKey(text, Buffer.from('secret'));
  expect(opened.equals(privateKey)).toBe(true);
  const older = text.replaceAll('SIGSTORE', 'COSIGN');
  expect((await decryptPrivateKey(older, Buffer.from('secret'))).equals(privateKey)).toBe(true);
  await expect(decryptPrivateKey(text, Buffer.from('Secret'))).rejects.toThrowCode('TRUST_PASSWORD_WRONG');
});

const sealedBody = {
  kdf: { name: 'scrypt', params: { N: 32_768, r: 8, p: 1 }, salt: 'AAAA' },
  cipher: { name: 'nacl/secretbox', nonce: Buffer.alloc(24).toString('base64') },
  ciphertext: 'AAAA',
};

/** An encrypted key with a value of its JSON changed. */
function sealed(path: string, value: unknown): string {
  const changed = JSON.stringify(sealedBody, (name, old) => (name === path ? value : old));
  const encoded = Buffer.from(changed).toString('base64');
  return `-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n${encoded}\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n`;
}

test.each<[string, string]>([
  ['another text', 'text'],
  ['a text that is too long', ' '.repeat(70_000)],
  ['a cost that is not accepted', sealed('N', 2 ** 30)],
  ['another derivation', sealed('kdf', { name: 'argon2' })],
  ['another width', sealed('r', 1024)],
  ['another cipher', sealed('cipher', { name: 'none' })],
  ['a nonce of another length', sealed('nonce', 'AAAA')],
  ['a field that is no text', sealed('ciphertext', 1)],
])('%s is no private key', async (_, text) => {
  await expect(decryptPrivateKey(text, Buffer.from(''))).rejects.toThrowCode('TRUST_PRIVATE_KEY_INVALID');
});
