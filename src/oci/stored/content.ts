import type { Digest } from '../../core/index.ts';
import type { Place } from '../client/place.ts';
import type { Descriptor } from '../manifest.ts';

/** A manifest or an index, byte for byte. */
export interface StoredManifest {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly mediaType: string;
}

/** Manifests and blobs by their descriptors, wherever they lie. */
export interface ContentSource {
  /** How messages call it. */
  readonly name: string;
  /** The repository that holds it, from which another of the same registry may mount. */
  readonly place?: Place;
  /** Whether a blob is there, where that can be asked without reading it. */
  has?(blob: Descriptor, signal?: AbortSignal): Promise<boolean>;
  /** A manifest that an index names, checked. @throws OCI_DIGEST_MISMATCH, OCI_BLOB_MISSING, OCI_REMOTE_NOT_FOUND */
  manifest(entry: Descriptor, signal?: AbortSignal): Promise<StoredManifest>;
  /** A whole small blob, checked. @throws OCI_DIGEST_MISMATCH, OCI_BLOB_MISSING */
  read(blob: Descriptor, limit: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** A blob as a stream, checked at its end. @throws OCI_DIGEST_MISMATCH, OCI_BLOB_MISSING */
  stream(blob: Descriptor, signal?: AbortSignal): AsyncIterable<Buffer>;
}

/** What a name or a path means, with the source of all that it names. */
export interface StoredContent {
  readonly source: ContentSource;
  readonly manifest: StoredManifest;
}
