import { createHash } from 'node:crypto';
import { toBuffer } from '../../kit/text.ts';

/** Where an entry is in a tree, and the hashes from it to the root. */
export interface TreePath {
  readonly index: number;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** The hash of a leaf (RFC 6962 section 2.1). */
export function leafHash(body: Uint8Array): Buffer {
  return sha256([Buffer.from([0]), body]);
}

/** The root that a path from `leaf` leads to (RFC 9162 section 2.1.3.2); undefined for a path of another length. */
export function rootOf(leaf: Uint8Array, { index, size, hashes }: TreePath): Buffer | undefined {
  if (index >= size) return undefined;
  // Sizes may be above 2^32, where bit operators of numbers end.
  let position = BigInt(index);
  let last = BigInt(size) - 1n;
  let hash: Uint8Array = leaf;
  for (const sibling of hashes) {
    if (last === 0n) return undefined;
    if ((position & 1n) === 1n || position === last) {
      hash = nodeHash(sibling, hash);
      while ((position & 1n) === 0n && position !== 0n) {
        position >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? toBuffer(hash) : undefined;
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256([Buffer.from([1]), left, right]);
}

function sha256(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
