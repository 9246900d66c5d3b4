import { type KeyObject, privateEncrypt } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';

const curves: Readonly<Record<string, typeof p256>> = { 'P-256': p256, 'P-384': p384, 'P-521': p521 };
/** DigestInfo of SHA-256 without the digest. */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Signs what is a digest already: of SHA-256 for RSA (PKCS #1 v1.5), of anything on a curve. */
export function signDigest(key: KeyObject, digest: Uint8Array, format: 'der' | 'compact' = 'der'): Buffer {
  if (key.asymmetricKeyType === 'rsa') return privateEncrypt(key, Buffer.concat([digestInfo, digest]));
  const { crv = '', d = '' } = key.export({ format: 'jwk' });
  const options = { prehash: false, format, lowS: false } as const;
  return Buffer.from(curves[crv]?.sign(digest, Buffer.from(d, 'base64url'), options) ?? []);
}
