import type { Digest } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import { type Image, type ImageLayer, maxConfigSize, parseImageConfig } from '../image.ts';
import type { Descriptor, Manifest } from '../manifest.ts';

/** The blobs that a manifest names, wherever they lie. */
export interface BlobReader {
  /** A whole small blob, checked. @throws OCI_BLOB_MISSING, OCI_DIGEST_MISMATCH */
  read(blob: Descriptor, limit: number): Promise<Uint8Array>;
  /** A blob as a stream, checked at its end. @throws OCI_BLOB_MISSING, OCI_DIGEST_MISMATCH */
  stream(blob: Descriptor, signal: AbortSignal | undefined): AsyncIterable<Buffer>;
}

/** An image made of a manifest and the blobs it names. @throws OCI_NOT_AN_IMAGE, OCI_CONFIG_INVALID */
export async function assembleImage(
  name: string,
  manifest: Manifest,
  manifestDigest: Digest,
  blobs: BlobReader,
): Promise<Image> {
  assertImage(name, manifest);
  const id = manifest.config.digest;
  const config = parseImageConfig(await blobs.read(manifest.config, maxConfigSize), id);
  if (config.diffIds.length !== manifest.layers.length) {
    const reason = `it lists ${config.diffIds.length} layers, the manifest ${manifest.layers.length}`;
    throw ociError('OCI_CONFIG_INVALID', { data: { digest: id, reason } });
  }
  const layers = manifest.layers.map((descriptor, index): ImageLayer => {
    const diffId = config.diffIds[index];
    return {
      digest: descriptor.digest,
      size: descriptor.size,
      ...(diffId !== undefined && { diffId }),
      open: (signal) => blobs.stream(descriptor, signal),
    };
  });
  return { name, id, manifestDigest, config, layers, repoTags: [], repoDigests: [], close: async () => undefined };
}

/** Signatures, SBOMs and charts are stored as manifests too, but they are no images. */
function assertImage(name: string, manifest: Manifest): void {
  const type = manifest.artifactType ?? manifest.config.mediaType;
  const isImage =
    /^(|application\/vnd\.(oci\.image\.config\.v1|docker\.container\.image\.v1)\+json|application\/octet-stream)$/;
  if (!isImage.test(type)) throw ociError('OCI_NOT_AN_IMAGE', { data: { reference: name, type } });
}
