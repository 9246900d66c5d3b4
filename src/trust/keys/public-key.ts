import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { describeError } from '../../core/index.ts';
import { trustError } from '../errors.ts';

/** A key that signatures are checked with. */
export interface PublicKey {
  readonly kind: KeyKind;
  readonly object: KeyObject;
  /** The whole SubjectPublicKeyInfo in DER. */
  readonly spki: Buffer;
}

export type KeyKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa' | 'ed25519';

const maxSize = 64 * 1024;
const curves: Readonly<Record<string, KeyKind>> = {
  prime256v1: 'ecdsa-p256',
  secp384r1: 'ecdsa-p384',
  secp521r1: 'ecdsa-p521',
};
const rsaSizes: readonly (number | undefined)[] = [2048, 3072, 4096];

/**
 * Reads a public key: PEM of the kinds PUBLIC KEY, RSA PUBLIC KEY and CERTIFICATE, or SubjectPublicKeyInfo in DER.
 * @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED
 */
export function parsePublicKey(input: Uint8Array | string): PublicKey {
  if (input.length > maxSize) throw invalid(`it has more than ${maxSize} bytes`);
  const bytes = Buffer.from(input);
  const pem = /-----BEGIN ([A-Z ]+)-----/.exec(bytes.toString('latin1'));
  if (pem === null) return toPublicKey(() => createPublicKey({ key: bytes, format: 'der', type: 'spki' }));
  if (!['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'].includes(pem[1] ?? '')) {
    throw invalid(`it holds a "${pem[1]}" instead of a PUBLIC KEY`);
  }
  return toPublicKey(() => createPublicKey(bytes.subarray(pem.index)));
}

/** RSA keys in the older form of PKCS #1, which some logs have. @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
export function parsePkcs1PublicKey(der: Uint8Array): PublicKey {
  return toPublicKey(() => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' }));
}

/** The key with its kind. @throws TRUST_KEY_INVALID when `make` fails, TRUST_KEY_UNSUPPORTED */
export function toPublicKey(make: () => KeyObject): PublicKey {
  let object: KeyObject;
  let spki: Buffer;
  try {
    object = make();
    spki = object.export({ type: 'spki', format: 'der' });
  } catch (error) {
    throw invalid(describeError(error));
  }
  return { kind: kindOf(object), object, spki };
}

function kindOf(key: KeyObject): KeyKind {
  const { namedCurve = '', modulusLength } = key.asymmetricKeyDetails ?? {};
  const curve = curves[namedCurve];
  if (key.asymmetricKeyType === 'ec' && curve !== undefined) return curve;
  if (key.asymmetricKeyType === 'rsa' && rsaSizes.includes(modulusLength)) return 'rsa';
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  const kind = [key.asymmetricKeyType, namedCurve, modulusLength].filter(Boolean).join(' ');
  throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind } });
}

/** SHA-256 of the SubjectPublicKeyInfo. */
export function keyId({ spki }: PublicKey): Buffer {
  return createHash('sha256').update(spki).digest();
}

/** How a signed note names a key: those of Ed25519 with the name of the log (C2SP signed-note, key ID). */
export function noteKeyId(name: string, key: PublicKey): Buffer {
  if (key.kind === 'ecdsa-p256' || key.kind === 'ecdsa-p384' || key.kind === 'ecdsa-p521') return keyId(key);
  const type = key.kind === 'ed25519' ? Buffer.from([1]) : Buffer.from('\xffPKIX-RSA-PKCS#1v1.5', 'latin1');
  const bytes = key.kind === 'ed25519' ? key.spki.subarray(-32) : key.spki;
  return createHash('sha256').update(`${name}\n`).update(type).update(bytes).digest();
}

/** How a bundle names the key it was signed with. */
export function keyHint(key: PublicKey): string {
  return keyId(key).toString('base64');
}

/** The public half as cosign writes it: PEM with a PUBLIC KEY. */
export function publicKeyPem({ object }: PublicKey): string {
  return object.export({ type: 'spki', format: 'pem' }).toString();
}

/** How Rekor 2 states a key and how it signs (sigstore_common.proto, PublicKeyDetails). */
export function keyDetails({ kind, object }: PublicKey): string {
  switch (kind) {
    case 'ecdsa-p256':
      return 'PKIX_ECDSA_P256_SHA_256';
    case 'ecdsa-p384':
      return 'PKIX_ECDSA_P384_SHA_384';
    case 'ecdsa-p521':
      return 'PKIX_ECDSA_P521_SHA_512';
    case 'rsa':
      return `PKIX_RSA_PKCS1V15_${object.asymmetricKeyDetails?.modulusLength}_SHA256`;
    case 'ed25519':
      return 'PKIX_ED25519_PH';
  }
}

export function sameKey(a: PublicKey, b: PublicKey): boolean {
  return a.spki.equals(b.spki);
}

function invalid(reason: string): Error {
  return trustError('TRUST_KEY_INVALID', { data: { reason } });
}
