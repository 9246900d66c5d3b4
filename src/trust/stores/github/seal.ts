import { randomBytes } from 'node:crypto';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';

/** "expand 32-byte k", as four numbers. */
const sigma = new Uint32Array([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);

/** Encrypts for whoever has the private half of a key of X25519: the sealed box of libsodium. */
export function seal(message: Uint8Array, recipient: Uint8Array): Buffer {
  const secret = randomBytes(32);
  const sender = x25519.getPublicKey(secret);
  const key = toBoxKey(x25519.getSharedSecret(secret, recipient));
  secret.fill(0);
  const nonce = blake2b(Buffer.concat([sender, recipient]), { dkLen: 24 });
  return Buffer.concat([sender, xsalsa20poly1305(key, nonce).encrypt(message)]);
}

/** HSalsa20 of what both sides know, with a nonce of zeros. */
function toBoxKey(shared: Uint8Array): Uint8Array {
  const out = new Uint32Array(8);
  const words = new Uint32Array(shared.slice().buffer);
  hsalsa(sigma, words, new Uint32Array(4), out);
  return new Uint8Array(out.buffer);
}
