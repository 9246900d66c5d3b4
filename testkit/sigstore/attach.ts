import { formatBundle, type SigstoreBundle } from '../../src/envelope/index.ts';
import { type BuiltBlob, descriptor, toBlob } from '../image.ts';
import type { TestLegacyLayer } from './legacy.ts';

/** A manifest and the blobs that it names. */
export interface EvidenceManifest {
  readonly manifest: BuiltBlob;
  readonly blobs: readonly BuiltBlob[];
}

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A bundle as cosign 3 puts it beside an image: a manifest whose subject it is. */
export function bundleManifest(subject: BuiltBlob, bundle: SigstoreBundle | Buffer): EvidenceManifest {
  const config = toBlob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');
  const layer = toBlob(Buffer.isBuffer(bundle) ? bundle : Buffer.from(formatBundle(bundle)), bundleType);
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    config: descriptor(config),
    layers: [descriptor(layer)],
    subject: descriptor(subject),
    artifactType: bundleType,
  };
  return { manifest: toBlob(Buffer.from(JSON.stringify(json)), ociManifest), blobs: [config, layer] };
}

/** The manifest under the tag `.sig` or `.att`. */
export function legacyManifest(layers: readonly TestLegacyLayer[]): EvidenceManifest {
  const config = toBlob(Buffer.from('{}'), 'application/vnd.oci.image.config.v1+json');
  const blobs = layers.map(({ blob, mediaType }) => toBlob(blob, mediaType));
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    config: descriptor(config),
    layers: blobs.map((blob, index) => ({ ...descriptor(blob), annotations: layers[index]?.annotations })),
  };
  return { manifest: toBlob(Buffer.from(JSON.stringify(json)), ociManifest), blobs: [config, ...blobs] };
}

/** The tag of an image's evidence in the older layout. */
export function legacyTag(image: BuiltBlob, suffix: 'sig' | 'att'): string {
  return `${image.digest.replace(':', '-')}.${suffix}`;
}
