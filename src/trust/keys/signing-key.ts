import { createPublicKey, type KeyObject, sign as signRaw } from 'node:crypto';
import { type KeyKind, type PublicKey, toPublicKey } from './public-key.ts';
import { type SignatureScheme, usualScheme } from './signature.ts';

/** A private key that is ready to sign; the key itself cannot be had from it. */
export interface SigningKey {
  readonly publicKey: PublicKey;
  /** How it signs unless told otherwise. */
  readonly scheme: SignatureScheme;
  sign(message: Uint8Array): Promise<Buffer>;
}

/**
 * How cosign signs with a key of Ed25519: over the SHA-512 of the message where a log is to be told, since a log is told
 * a digest only; over the message itself where it is asked to keep to what older versions did.
 */
export type Ed25519Variant = 'ed25519' | 'ed25519ph';

/** @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
export function toSigningKey(key: KeyObject, variant?: Ed25519Variant): SigningKey {
  const publicKey = toPublicKey(() => createPublicKey(key));
  const scheme = schemeToSign(publicKey.kind, variant);
  return { publicKey, scheme, sign: (message) => signWith(key, scheme, message) };
}

/** How a key of some kind signs. */
export function schemeToSign(kind: KeyKind, variant: Ed25519Variant = 'ed25519ph'): SignatureScheme {
  return kind === 'ed25519' ? { name: variant } : usualScheme(kind);
}

async function signWith(key: KeyObject, scheme: SignatureScheme, message: Uint8Array): Promise<Buffer> {
  if (scheme.name !== 'ed25519ph') return signRaw(scheme.name === 'ed25519' ? null : scheme.hash, message, key);
  const { ed25519ph } = await import('@noble/curves/ed25519.js');
  const seed = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  try {
    return Buffer.from(ed25519ph.sign(message, seed));
  } finally {
    seed.fill(0);
  }
}
