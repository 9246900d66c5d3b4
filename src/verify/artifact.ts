import { createHash } from 'node:crypto';
import type { HashName } from '../envelope/index.ts';
import { onceForEach } from '../kit/memoize.ts';

/** What evidence is for: bytes, or what is known of them by a digest. */
export interface Artifact {
  /** In hexadecimal; undefined when this digest is not known. */
  readonly digest: (algorithm: HashName) => string | undefined;
  readonly bytes?: Uint8Array;
}

export function artifactOf(bytes: Uint8Array): Artifact {
  return { bytes, digest: onceForEach((algorithm: HashName) => createHash(algorithm).update(bytes).digest('hex')) };
}

/** An artifact of which only one digest is known, in hexadecimal. */
export function artifactOfDigest(algorithm: HashName, value: string): Artifact {
  return { digest: (wanted) => (wanted === algorithm ? value.toLowerCase() : undefined) };
}
