import type { Digest } from '../../core/index.ts';
import type { Descriptor } from '../../oci/index.ts';
import type { StoredManifest } from '../source.ts';

/** Where an image and its evidence are brought: a repository, or a directory. */
export interface EvidenceTarget {
  /** What a tag or digest means there; undefined when it is not there. */
  digestOf(reference: string): Promise<Digest | undefined>;
  /** Manifests that are listed there as speaking of a digest, and by what. */
  referrers(subject: Digest): Promise<{ readonly digests: readonly Digest[]; readonly by: ReferrersBy }>;
  /** Brings a blob unless it is there. */
  putBlob(blob: Descriptor, open: () => AsyncIterable<Buffer>): Promise<BlobFate>;
  /** Stores a manifest, under a tag where one is given; one with a subject is listed from then on. */
  putManifest(manifest: StoredManifest, tag?: string): Promise<void>;
  /** Everything is there: gives the image its name, if it is to have one. */
  finish(image: StoredManifest, tag?: string): Promise<void>;
}

export type BlobFate = 'pushed' | 'mounted' | 'present';

/** A registry's own list, the tag that stands in for it, or a directory in which they are found. */
export type ReferrersBy = 'api' | 'tag' | 'layout';
