import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';

/** What Ed25519ph puts before the key and the digest (RFC 8032 section 2, dom2 with flag 1). */
const domain = 'SigEd25519 no Ed25519 collisions';

/** Ed25519ph whose message is the SHA-512 digest already. */
const prehashed = eddsa(ed25519.Point, sha512, {
  prehash: (digest: Uint8Array) => Uint8Array.from(digest),
  domain: (data: Uint8Array, context: Uint8Array, flag: boolean) =>
    Uint8Array.from([...Buffer.from(domain), flag ? 1 : 0, context.length, ...context, ...data]),
});

/** True when the signature is one of Ed25519ph over `digest`; `publicKey` has 32 bytes. */
export function verifyPrehashed(publicKey: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    return prehashed.verify(signature, digest, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
