import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, digestHex } from '../core/index.ts';
import { ociError } from './errors.ts';

/** Passes bytes on and fails at their end, or as soon as they are too many, unless they are those of `digest` (image-spec descriptor.md, "Verification"). */
export async function* verified(
  source: AsyncIterable<Buffer>,
  digest: Digest,
  size: number | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash(digestAlgorithm(digest));
  let length = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    length += chunk.length;
    if (size !== undefined && length > size) throw mismatch(digest);
    yield chunk;
  }
  if (hash.digest('hex') !== digestHex(digest) || (size !== undefined && length !== size)) throw mismatch(digest);
}

/** @throws OCI_DIGEST_MISMATCH */
export function assertDigest(bytes: Uint8Array, digest: Digest): void {
  if (createHash(digestAlgorithm(digest)).update(bytes).digest('hex') !== digestHex(digest)) throw mismatch(digest);
}

function mismatch(digest: Digest): Error {
  return ociError('OCI_DIGEST_MISMATCH', { data: { digest } });
}
