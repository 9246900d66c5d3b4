import { createPublicKey, type KeyObject, sign as signRaw } from 'node:crypto';
import { type KeyKind, type PublicKey, toPublicKey } from './public-key.ts';
import { type SignatureScheme, usualScheme } from './signature.ts';

/** A private key that is ready to sign; the key itself cannot be had from it. */
export interface SigningKey {
  readonly publicKey: PublicKey;
  /** How it signs unless told otherwise. */
  readonly scheme: SignatureScheme;
  sign(message: Uint8Array, scheme?: SignatureScheme): Promise<Buffer>;
}

/**
 * How a key signs where it could in several ways. Ed25519: over the SHA-512 of the message where a log is to be told its
 * digest, else over the message itself. Rekor 1 checks envelopes itself, those of Ed25519 over the message, and those of
 * ECDSA by SHA-256 whatever the curve.
 */
export type SigningVariant = 'ed25519' | 'ed25519ph' | 'rekor1-envelope';

/** @throws TRUST_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
export function toSigningKey(key: KeyObject, variant?: SigningVariant): SigningKey {
  const publicKey = toPublicKey(() => createPublicKey(key));
  const scheme = schemeToSign(publicKey.kind, variant);
  return { publicKey, scheme, sign: (message, other = scheme) => signWith(key, other, message) };
}

/** How a key of some kind signs. */
export function schemeToSign(kind: KeyKind, variant: SigningVariant = 'ed25519ph'): SignatureScheme {
  if (kind === 'ed25519') return { name: variant === 'ed25519ph' ? variant : 'ed25519' };
  const usual = usualScheme(kind);
  return variant === 'rekor1-envelope' && usual.name === 'ecdsa' ? { name: 'ecdsa', hash: 'sha256' } : usual;
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
