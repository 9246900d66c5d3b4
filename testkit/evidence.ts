import { type BuiltBlob, type BuiltImage, blobsOf, buildImage, buildIndex, descriptor, toBlob } from './image.ts';
import type { TestRegistry } from './registry.ts';
import { type EvidenceManifest, legacyManifest } from './sigstore/attach.ts';

const ociManifest = 'application/vnd.oci.image.manifest.v1+json';

/** A manifest that speaks of another, with one layer. */
export function referrerOf(
  subject: BuiltBlob,
  content: string,
  { type = 'application/vnd.example+json', annotations }: { type?: string; annotations?: Record<string, string> } = {},
): EvidenceManifest {
  const config = toBlob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');
  const layer = toBlob(Buffer.from(content), type);
  const json = {
    schemaVersion: 2,
    mediaType: ociManifest,
    artifactType: type,
    config: descriptor(config),
    layers: [descriptor(layer)],
    subject: descriptor(subject),
    ...(annotations !== undefined && { annotations }),
  };
  return { manifest: toBlob(Buffer.from(JSON.stringify(json)), ociManifest), blobs: [config, layer] };
}

/** The tag of cosign's older layout. */
export function evidenceTag({ digest }: BuiltBlob, suffix: 'sig' | 'att' | 'sbom'): string {
  return `${digest.replace(':', '-')}.${suffix}`;
}

/** An index of two images with evidence of every kind: of itself, of an image, and of evidence. */
export interface EvidencedIndex {
  readonly index: BuiltBlob;
  readonly images: readonly [BuiltImage, BuiltImage];
  /** By tag. */
  readonly legacy: ReadonlyMap<string, EvidenceManifest>;
  /** Each after what it speaks of. */
  readonly referrers: readonly EvidenceManifest[];
}

export function buildEvidencedIndex(): EvidencedIndex {
  const images = [
    buildImage({ layers: [[{ path: 'base' }], [{ path: 'amd64' }]] }),
    buildImage({ layers: [[{ path: 'base' }], [{ path: 'arm64' }]], architecture: 'arm64' }),
  ] as const;
  const index = buildIndex(images);
  const layer = (text: string, mediaType: string) =>
    legacyManifest([{ mediaType, annotations: { note: text }, blob: Buffer.from(text) }]);
  const bundle = { type: 'application/vnd.dev.sigstore.bundle.v0.3+json' };
  const signed = referrerOf(index, '{"bundle":1}', {
    ...bundle,
    annotations: { 'dev.sigstore.bundle.predicateType': 'https://sigstore.dev/cosign/sign/v1' },
  });
  const sbom = referrerOf(images[0].manifest, '{"sbom":1}', { type: 'application/spdx+json' });
  return {
    index,
    images,
    legacy: new Map([
      [evidenceTag(index, 'sig'), layer('signature', 'application/vnd.dev.cosign.simplesigning.v1+json')],
      [evidenceTag(images[1].manifest, 'att'), layer('attestation', 'application/vnd.dsse.envelope.v1+json')],
      [evidenceTag(images[0].manifest, 'sbom'), layer('{"spdx":1}', 'text/spdx+json')],
    ]),
    referrers: [signed, sbom, referrerOf(sbom.manifest, 'of evidence')],
  };
}

/** Puts all of it into a registry. */
export async function putEvidencedIndex(
  registry: TestRegistry,
  repository: string,
  tag: string,
  { index, images, legacy, referrers }: EvidencedIndex,
): Promise<void> {
  for (const image of images) await registry.put(repository, image.platform.architecture, image);
  await registry.putManifest(repository, tag, index, []);
  for (const [name, { manifest, blobs }] of legacy) await registry.putManifest(repository, name, manifest, blobs);
  for (const { manifest, blobs } of referrers) {
    await registry.putManifest(repository, manifest.digest, manifest, blobs);
  }
}

/** Every manifest of it. */
export function manifestsOf({ index, images, legacy, referrers }: EvidencedIndex): readonly BuiltBlob[] {
  return [
    index,
    ...images.map(({ manifest }) => manifest),
    ...[...legacy.values(), ...referrers].map(({ manifest }) => manifest),
  ];
}

/** Every blob that is no manifest. */
export function contentsOf({ images, legacy, referrers }: EvidencedIndex): readonly BuiltBlob[] {
  return [
    ...images.flatMap((image) => blobsOf(image).slice(0, -1)),
    ...[...legacy.values(), ...referrers].flatMap(({ blobs }) => blobs),
  ];
}
