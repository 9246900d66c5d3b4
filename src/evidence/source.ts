import type { Digest } from '../core/index.ts';
import type { Descriptor } from '../oci/index.ts';

/** Where evidence is looked for: a repository, or a directory. */
export interface EvidenceSource {
  /** Manifests whose subject is this digest. */
  referrers(digest: Digest): Promise<readonly Descriptor[]>;
  /** The manifest of a digest; undefined when it is not there. */
  manifest(digest: Digest): Promise<StoredManifest | undefined>;
  /** The manifest that holds an image's evidence of cosign's older layout; undefined when there is none. */
  legacy(digest: Digest, suffix: LegacySuffix): Promise<StoredManifest | undefined>;
  /** A blob of at most `limit` bytes, checked. */
  blob(blob: Descriptor, limit: number): Promise<Buffer>;
  /** A blob of any size, checked at its end. */
  stream(blob: Descriptor): AsyncIterable<Buffer>;
}

/** A manifest or index as it lies there, checked against its digest. */
export interface StoredManifest {
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly mediaType: string;
}

/** Signatures, attestations, and SBOMs. */
export type LegacySuffix = (typeof legacySuffixes)[number];

export const legacySuffixes = ['sig', 'att', 'sbom'] as const;

/** The tag that an image's evidence of a kind has in cosign's older layout. */
export function legacyTag(digest: Digest, suffix: LegacySuffix): string {
  return `${digest.replace(':', '-')}.${suffix}`;
}

/** The type of the statement that cosign 3 signs images with. */
export const signatureType = 'https://sigstore.dev/cosign/sign/v1';
