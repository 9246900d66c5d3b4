import { createPublicKey, generateKeyPairSync, type KeyObject, sign as signRaw } from 'node:crypto';
import { derTags, encodeDer, encodeOid } from '../../src/codecs/asn1/index.ts';

export type TestKeyKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa' | 'ed25519';

/** A key pair and how it signs. */
export interface TestKey {
  readonly kind: TestKeyKind;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly spki: Buffer;
  readonly pem: string;
  /** The AlgorithmIdentifier of its signatures. */
  readonly algorithm: Buffer;
  sign(message: Uint8Array): Buffer;
}

const curves: Partial<Record<TestKeyKind, string>> = {
  'ecdsa-p256': 'P-256',
  'ecdsa-p384': 'P-384',
  'ecdsa-p521': 'P-521',
};
const nul = encodeDer(derTags.null);
const algorithms: Record<TestKeyKind, { readonly hash: string | null; readonly identifier: readonly Buffer[] }> = {
  'ecdsa-p256': { hash: 'sha256', identifier: [encodeOid('1.2.840.10045.4.3.2')] },
  'ecdsa-p384': { hash: 'sha384', identifier: [encodeOid('1.2.840.10045.4.3.3')] },
  'ecdsa-p521': { hash: 'sha512', identifier: [encodeOid('1.2.840.10045.4.3.4')] },
  rsa: { hash: 'sha256', identifier: [encodeOid('1.2.840.113549.1.1.11'), nul] },
  ed25519: { hash: null, identifier: [encodeOid('1.3.101.112')] },
};

/** A new key; RSA has 2048 bits unless others are given. */
export function makeKey(kind: TestKeyKind = 'ecdsa-p256', modulusLength = 2048): TestKey {
  return fromPair(kind, generate(kind, modulusLength).privateKey);
}

function generate(kind: TestKeyKind, modulusLength: number): { privateKey: KeyObject } {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind === 'rsa') return generateKeyPairSync('rsa', { modulusLength });
  return generateKeyPairSync('ec', { namedCurve: curves[kind] ?? 'P-256' });
}

function fromPair(kind: TestKeyKind, privateKey: KeyObject): TestKey {
  const { hash, identifier } = algorithms[kind];
  const publicKey = createPublicKey(privateKey);
  return {
    kind,
    privateKey,
    publicKey,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    algorithm: encodeDer(derTags.sequence, ...identifier),
    sign: (message) => signRaw(hash, message, privateKey),
  };
}
