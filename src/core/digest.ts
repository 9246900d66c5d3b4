import { coreError } from './errors.ts';

/** A content digest in the OCI form `algorithm:hex` (image-spec descriptor.md, "Digests"). */
export type Digest = `${DigestAlgorithm}:${string}`;

export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

const hexLength: Readonly<Record<DigestAlgorithm, number>> = { sha256: 64, sha384: 96, sha512: 128 };

export function isDigest(text: string): text is Digest {
  const colon = text.indexOf(':');
  const length = hexLength[text.slice(0, colon) as DigestAlgorithm];
  return length !== undefined && text.length === colon + 1 + length && /^[0-9a-f]+$/.test(text.slice(colon + 1));
}

/** @throws CORE_DIGEST_INVALID */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) throw coreError('CORE_DIGEST_INVALID', { data: { text: text.slice(0, 100) } });
  return text;
}

export function digestAlgorithm(digest: Digest): DigestAlgorithm {
  return digest.slice(0, digest.indexOf(':')) as DigestAlgorithm;
}

/** The hexadecimal part, without the algorithm. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}
