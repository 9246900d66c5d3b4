import type { Digest } from '../core/index.ts';
import type { Descriptor } from '../oci/index.ts';

/** Where evidence is looked for: a repository, or a directory. */
export interface EvidenceSource {
  /** Manifests whose subject is this digest. */
  referrers(digest: Digest): Promise<readonly Descriptor[]>;
  /** The manifest of a digest; undefined when it is not there. */
  manifest(digest: Digest): Promise<Uint8Array | undefined>;
  /** The manifest that holds an image's evidence of cosign's older layout; undefined when there is none. */
  legacy(digest: Digest, suffix: LegacySuffix): Promise<Uint8Array | undefined>;
  /** A blob of at most `limit` bytes, checked. */
  blob(blob: Descriptor, limit: number): Promise<Buffer>;
}

/** Signatures, and attestations. */
export type LegacySuffix = 'sig' | 'att';
