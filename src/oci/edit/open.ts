import type { Digest } from '../../core/index.ts';
import { maxConfigSize } from '../image.ts';
import type { ContentSource, StoredManifest } from '../stored/content.ts';
import { type ManifestDocument, readConfigDocument, readManifestDocument } from './documents.ts';
import { type EditedImage, isImageConfig, type LayerSource } from './edited.ts';

/** An image as it lies somewhere, ready to be changed; layers are not read. @throws OCI_MANIFEST_INVALID, OCI_CONFIG_INVALID, OCI_DIGEST_MISMATCH */
export async function openForEdit(
  source: ContentSource,
  { bytes, digest, mediaType }: StoredManifest,
  signal?: AbortSignal,
): Promise<EditedImage> {
  const manifest = readManifestDocument(bytes, digest);
  const { digest: configDigest, size, mediaType: configType = '' } = manifest.config;
  const configBytes = await source.read({ mediaType: configType, digest: configDigest, size }, maxConfigSize, signal);
  const isImage = isImageConfig(configType);
  return {
    mediaType,
    manifest,
    config: isImage ? readConfigDocument(configBytes, configDigest) : {},
    ...(!isImage && { foreignConfig: configBytes }),
    sources: sourcesOf(manifest, source),
  };
}

function sourcesOf({ layers = [] }: ManifestDocument, source: ContentSource): Map<Digest, LayerSource> {
  const home = source.place === undefined ? {} : { home: source.place };
  return new Map(
    layers.map(({ digest, size, mediaType = '' }) => [
      digest,
      { digest, size, open: (signal) => source.stream({ mediaType, digest, size }, signal), ...home },
    ]),
  );
}
