import { join } from 'node:path';
import { digestOf } from '../client/manifest.ts';
import { ociError } from '../errors.ts';
import { type BlobStore, directoryBlobs } from '../layout/directory.ts';
import { maxManifestSize, mediaTypes, parseManifest } from '../manifest.ts';
import type { ContentSource, StoredContent } from './content.ts';

/** The content of a layout. */
export function layoutSource(blobs: BlobStore): ContentSource {
  return {
    name: blobs.name,
    manifest: async (entry) => ({
      bytes: await blobs.read(entry, maxManifestSize),
      digest: entry.digest,
      mediaType: entry.mediaType,
    }),
    read: (blob, limit) => blobs.read(blob, limit),
    stream: (blob, signal) => blobs.stream(blob, signal),
  };
}

/**
 * What a layout holds: its index as it is, or the one image or index in it.
 * @throws OCI_LAYOUT_INVALID, OCI_REFERENCE_AMBIGUOUS when there is not exactly one, OCI_NOT_AN_IMAGE
 */
export async function openLayoutContent(path: string, wanted: 'whole' | 'only'): Promise<StoredContent> {
  const blobs = directoryBlobs(path);
  const bytes = await blobs.readIndex().catch((cause: unknown) => {
    throw ociError('OCI_LAYOUT_INVALID', { data: { path, reason: 'its index.json cannot be read' }, cause });
  });
  const source = layoutSource(blobs);
  const parsed = parseManifest(bytes, join(path, 'index.json'));
  if (parsed.kind !== 'index') {
    throw ociError('OCI_LAYOUT_INVALID', { data: { path, reason: 'index.json is not an image index' } });
  }
  if (wanted === 'whole')
    return { source, manifest: { bytes, digest: digestOf(bytes), mediaType: mediaTypes.ociIndex } };
  const [only, ...others] = parsed.manifests;
  if (only === undefined || others.length > 0) {
    throw ociError('OCI_LAYOUT_SEVERAL', { data: { path, count: parsed.manifests.length } });
  }
  if (!Object.values(mediaTypes).some((type) => type === only.mediaType)) {
    throw ociError('OCI_NOT_AN_IMAGE', { data: { reference: path, type: only.mediaType } });
  }
  return { source, manifest: await source.manifest(only) };
}
