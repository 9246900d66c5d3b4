import type { Digest } from '../core/index.ts';
import { mediaTypes, parseManifest } from '../oci/index.ts';
import type { StoredManifest } from './source.ts';

const known: ReadonlySet<string> = new Set(Object.values(mediaTypes));

/** A manifest with the media type that it states itself, that of whoever listed it, or that of its shape. @throws OCI_MANIFEST_INVALID */
export function toStoredManifest(bytes: Buffer, digest: Digest, listedAs: string): StoredManifest {
  const parsed = parseManifest(bytes, digest);
  const stated: unknown = JSON.parse(bytes.toString('utf8')).mediaType;
  const shape = parsed.kind === 'index' ? mediaTypes.ociIndex : mediaTypes.ociManifest;
  const mediaType = [stated, listedAs].find((type): type is string => typeof type === 'string' && known.has(type));
  return { bytes, digest, mediaType: mediaType ?? shape };
}
