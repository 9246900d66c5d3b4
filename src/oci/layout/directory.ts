import { join } from 'node:path';
import { type Digest, digestAlgorithm, digestHex, isAppError } from '../../core/index.ts';
import { readWhole, streamFile } from '../../disk/index.ts';
import { ociError } from '../errors.ts';
import { type Descriptor, maxManifestSize, parseManifest } from '../manifest.ts';
import { assertDigest, verified } from '../verified.ts';
import type { BlobReader } from './assemble.ts';

/** Content-addressed bytes of a layout, wherever they lie (image-spec image-layout.md). */
export interface BlobStore extends BlobReader {
  /** How messages call it. */
  readonly name: string;
  /** The bytes of index.json. @throws DISK_NOT_FOUND when there is none */
  readIndex(): Promise<Uint8Array>;
}

/** Where a layout, or a store of the same shape, keeps a blob. */
export function blobPath(root: string, digest: Digest): string {
  return join(root, 'blobs', digestAlgorithm(digest), digestHex(digest));
}

/** The blobs of a layout directory. */
export function directoryBlobs(root: string): BlobStore {
  return {
    name: root,
    readIndex: () => readWhole(join(root, 'index.json'), maxManifestSize),
    async read({ digest }, limit) {
      const bytes = await readWhole(blobPath(root, digest), limit).catch((error: unknown) => {
        throw asMissing(error, digest);
      });
      assertDigest(bytes, digest);
      return bytes;
    },
    async *stream({ digest, size }, signal) {
      try {
        yield* verified(streamFile(blobPath(root, digest), signal === undefined ? {} : { signal }), digest, size);
      } catch (error) {
        throw asMissing(error, digest);
      }
    },
  };
}

/** All manifests that a layout's index names, nested indexes included as they are. @throws OCI_LAYOUT_INVALID */
export async function readLayoutIndex(blobs: BlobStore): Promise<readonly Descriptor[]> {
  const bytes = await blobs.readIndex().catch((error: unknown) => {
    if (!isAppError(error, 'DISK_NOT_FOUND')) throw error;
    throw ociError('OCI_LAYOUT_INVALID', { data: { path: blobs.name, reason: 'it has no index.json' }, cause: error });
  });
  const index = parseManifest(bytes, `${blobs.name}/index.json`);
  if (index.kind === 'index') return index.manifests;
  throw ociError('OCI_LAYOUT_INVALID', { data: { path: blobs.name, reason: 'index.json is not an image index' } });
}

function asMissing(error: unknown, digest: Digest): unknown {
  return isAppError(error, 'DISK_NOT_FOUND') ? ociError('OCI_BLOB_MISSING', { data: { digest }, cause: error }) : error;
}
