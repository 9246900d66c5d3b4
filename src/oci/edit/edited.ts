import { createHash } from 'node:crypto';
import type { Digest } from '../../core/index.ts';
import type { Place } from '../client/place.ts';
import { type ConfigDocument, type ManifestDocument, writeConfigDocument, writeManifestDocument } from './documents.ts';

/** Where the bytes of a layer come from when it has to be sent. */
export interface LayerSource {
  readonly digest: Digest;
  readonly size: number;
  /** The packed bytes; may be asked for again. */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** The repository that holds it, from which a registry can mount it. */
  readonly home?: Place;
}

/** An image under change: its documents, and where the layers come from that they may name. */
export interface EditedImage {
  /** What the manifest is sent as. */
  readonly mediaType: string;
  readonly manifest: ManifestDocument;
  readonly config: ConfigDocument;
  /** The configuration of an artifact, which is no image's and is left as it is. */
  readonly foreignConfig?: Uint8Array;
  readonly sources: ReadonlyMap<Digest, LayerSource>;
}

/** The bytes of an edited image's documents, which its digest is made of. */
export interface SealedImage {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly manifestBytes: Buffer;
  readonly manifest: ManifestDocument;
  readonly configBytes: Uint8Array;
  readonly sources: ReadonlyMap<Digest, LayerSource>;
}

export const dockerManifestType = 'application/vnd.docker.distribution.manifest.v2+json';
export const ociManifestType = 'application/vnd.oci.image.manifest.v1+json';
export const dockerConfigType = 'application/vnd.docker.container.image.v1+json';
export const ociConfigType = 'application/vnd.oci.image.config.v1+json';
export const dockerLayerType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
const ociLayerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** True for a configuration that says how an image runs; any other is an artifact's. */
export function isImageConfig(mediaType: string | undefined): boolean {
  return mediaType === dockerConfigType || mediaType === ociConfigType;
}

/** The type of a layer packed with gzip in a manifest of this type. */
export function gzipLayerType(manifestType: string): string {
  return manifestType === ociManifestType ? ociLayerType : dockerLayerType;
}

/** An image without layers, of Docker's media types or OCI's. */
export function emptyImage(kind: 'docker' | 'oci'): EditedImage {
  const config: ConfigDocument = { rootfs: { type: 'layers' } };
  const mediaType = kind === 'oci' ? ociManifestType : dockerManifestType;
  const descriptor = {
    mediaType: kind === 'oci' ? ociConfigType : dockerConfigType,
    ...contentOf(writeConfigDocument(config)),
  };
  const manifest: ManifestDocument = { schemaVersion: 2, mediaType, config: descriptor, layers: [] };
  return { mediaType, manifest, config, sources: new Map() };
}

/** Writes the documents; the configuration's digest goes into the manifest. */
export function seal(image: EditedImage): SealedImage {
  const { mediaType, sources, foreignConfig } = image;
  const configBytes = foreignConfig ?? writeConfigDocument(image.config);
  const data = image.manifest.config.data === undefined ? {} : { data: Buffer.from(configBytes).toString('base64') };
  const config = {
    ...image.manifest.config,
    ...(foreignConfig === undefined && { ...contentOf(configBytes), ...data }),
  };
  const manifest = { ...image.manifest, config };
  const manifestBytes = writeManifestDocument(manifest);
  return { mediaType, digest: digestOf(manifestBytes), manifestBytes, manifest, configBytes, sources };
}

/** The same image with annotations added or replaced in its manifest. */
export function annotate(image: EditedImage, annotations: ReadonlyMap<string, string>): EditedImage {
  const merged = new Map([...(image.manifest.annotations ?? []), ...annotations]);
  return { ...image, manifest: { ...image.manifest, annotations: merged } };
}

export function contentOf(bytes: Uint8Array): { readonly size: number; readonly digest: Digest } {
  return { size: bytes.length, digest: digestOf(bytes) };
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
