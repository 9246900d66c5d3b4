import { constants, createHash, publicDecrypt, verify as verifyRaw } from 'node:crypto';
import type { KeyKind, PublicKey } from './public-key.ts';

export type SignatureHash = 'sha256' | 'sha384' | 'sha512';

/** How a key of some kind signs. */
export type SignatureScheme =
  | { readonly name: 'ecdsa' | 'rsa-pkcs1' | 'rsa-pss'; readonly hash: SignatureHash }
  | { readonly name: 'ed25519' }
  /** Over the SHA-512 of the message (RFC 8032 section 5.1). */
  | { readonly name: 'ed25519ph' };

/** What was signed: the message, or only its digest by the hash of the scheme. */
export type SignedData =
  | { readonly message: Uint8Array }
  | { readonly digest: Uint8Array; readonly hash: SignatureHash };

const usual: Readonly<Record<KeyKind, SignatureScheme>> = {
  'ecdsa-p256': { name: 'ecdsa', hash: 'sha256' },
  'ecdsa-p384': { name: 'ecdsa', hash: 'sha384' },
  'ecdsa-p521': { name: 'ecdsa', hash: 'sha512' },
  rsa: { name: 'rsa-pkcs1', hash: 'sha256' },
  ed25519: { name: 'ed25519' },
};

/** How Sigstore's clients sign with such a key; Ed25519 takes the message itself. */
export function usualScheme(kind: KeyKind): SignatureScheme {
  return usual[kind];
}

/** The hash of a message that logs are told for such a key. */
export function hashOfKind(kind: KeyKind): SignatureHash {
  const scheme = usualScheme(kind);
  return 'hash' in scheme ? scheme.hash : 'sha512';
}

/**
 * True when the signature is one of `data` by `key`. Whatever is no signature at all is false too: with a digest only,
 * so is Ed25519, which needs the message.
 */
export async function verifySignature(
  key: PublicKey,
  scheme: SignatureScheme,
  data: SignedData,
  signature: Uint8Array,
): Promise<boolean> {
  if (scheme.name === 'ed25519ph') return verifyEd25519ph(key, data, signature);
  if ('message' in data) return verifyMessage(key, scheme, data.message, signature);
  if (scheme.name === 'ed25519' || scheme.hash !== data.hash) return false;
  if (scheme.name === 'ecdsa') return verifyEcdsaDigest(key, data.digest, signature);
  return scheme.name === 'rsa-pkcs1' && verifyRsaDigest(key, scheme.hash, data.digest, signature);
}

/** As `verifySignature` with the message at hand, for every scheme but Ed25519ph. */
export function verifyMessage(
  key: PublicKey,
  scheme: Exclude<SignatureScheme, { readonly name: 'ed25519ph' }>,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!fits(key.kind, scheme)) return false;
  const padding = scheme.name === 'rsa-pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const object = key.kind === 'rsa' ? { key: key.object, padding } : key.object;
  try {
    return verifyRaw(scheme.name === 'ed25519' ? null : scheme.hash, message, object, signature);
  } catch {
    // OpenSSL throws for some malformed signatures instead of saying that they do not fit.
    return false;
  }
}

function fits(kind: KeyKind, { name }: SignatureScheme): boolean {
  if (kind === 'rsa') return name === 'rsa-pkcs1' || name === 'rsa-pss';
  return kind === 'ed25519' ? name === 'ed25519' : name === 'ecdsa';
}

/** Node hashes messages itself, so that a digest alone needs another implementation. */
async function verifyEcdsaDigest(key: PublicKey, digest: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const { p256, p384, p521 } = await import('@noble/curves/nist.js');
  const curve = { 'ecdsa-p256': p256, 'ecdsa-p384': p384, 'ecdsa-p521': p521, rsa: undefined, ed25519: undefined }[
    key.kind
  ];
  const point = pointOf(key);
  if (curve === undefined || point === undefined) return false;
  try {
    return curve.verify(signature, digest, point, { prehash: false, format: 'der', lowS: false });
  } catch {
    return false;
  }
}

/** The uncompressed point of a key on a curve (SEC 1 section 2.3.3). */
function pointOf(key: PublicKey): Buffer | undefined {
  const { x, y } = key.object.export({ format: 'jwk' });
  if (x === undefined || y === undefined) return undefined;
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

/** DigestInfo without the digest (RFC 8017 section 9.2, note 1). */
const digestInfo: Readonly<Record<SignatureHash, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** What PKCS #1 v1.5 signs of a message. */
export function toDigestInfo(hash: SignatureHash, digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(digestInfo[hash], 'hex'), digest]);
}

function verifyRsaDigest(key: PublicKey, hash: SignatureHash, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    const opened = publicDecrypt({ key: key.object, padding: constants.RSA_PKCS1_PADDING }, signature);
    return opened.equals(toDigestInfo(hash, digest));
  } catch {
    return false;
  }
}

async function verifyEd25519ph(key: PublicKey, data: SignedData, signature: Uint8Array): Promise<boolean> {
  const { x } = key.kind === 'ed25519' ? key.object.export({ format: 'jwk' }) : {};
  const digest = 'message' in data ? createHash('sha512').update(data.message).digest() : data.digest;
  if (x === undefined || digest.length !== 64) return false;
  const { verifyPrehashed } = await import('./ed25519ph.ts');
  return verifyPrehashed(Buffer.from(x, 'base64url'), digest, signature);
}
