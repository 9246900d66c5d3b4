import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { buildTar, type TarEntrySpec } from './tar.ts';

export type LayerSpec = readonly TarEntrySpec[];

export interface ImageSpec {
  readonly layers: readonly LayerSpec[];
  readonly packing?: 'gzip' | 'zstd' | 'none';
  readonly os?: string;
  readonly architecture?: string;
  /** Docker's media types instead of OCI's. */
  readonly docker?: boolean;
  /** What the configuration says beside or instead of the usual. */
  readonly document?: Readonly<Record<string, unknown>>;
}

export interface BuiltBlob {
  readonly digest: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** An image with all its bytes at hand. */
export interface BuiltImage {
  readonly config: BuiltBlob;
  readonly layers: readonly BuiltBlob[];
  readonly tars: readonly Buffer[];
  readonly manifest: BuiltBlob;
  readonly platform: { readonly os: string; readonly architecture: string };
}

/** `sha256:hex` of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Builds an image from the files of its layers. */
export function buildImage(spec: ImageSpec): BuiltImage {
  const { packing = 'gzip', os = 'linux', architecture = 'amd64', docker = false } = spec;
  const tars = spec.layers.map((entries) => buildTar(entries));
  const layers = tars.map((tar) => toBlob(pack(tar, packing), layerType(packing, docker)));
  const document = {
    architecture,
    os,
    config: {},
    rootfs: { type: 'layers', diff_ids: tars.map(digestOf) },
    history: tars.map((_, index) => ({ created_by: `step ${index}` })),
    ...spec.document,
  };
  const vendor = docker ? 'application/vnd.docker.container.image.v1+json' : 'application/vnd.oci.image.config.v1+json';
  const config = toBlob(Buffer.from(JSON.stringify(document)), vendor);
  const mediaType = docker
    ? 'application/vnd.docker.distribution.manifest.v2+json'
    : 'application/vnd.oci.image.manifest.v1+json';
  const body = { schemaVersion: 2, mediaType, config: descriptor(config), layers: layers.map(descriptor) };
  const manifest = toBlob(Buffer.from(JSON.stringify(body)), mediaType);
  return { config, layers, tars, manifest, platform: { os, architecture } };
}

/** An index over images, each with its platform. */
export function buildIndex(images: readonly BuiltImage[]): BuiltBlob {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = images.map(({ manifest, platform }) => ({ ...descriptor(manifest), platform }));
  return toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests })), mediaType);
}

export function descriptor({ digest, bytes, mediaType }: BuiltBlob): Record<string, unknown> {
  return { mediaType, digest, size: bytes.length };
}

export function toBlob(bytes: Buffer, mediaType: string): BuiltBlob {
  return { digest: digestOf(bytes), bytes, mediaType };
}

/** One entry of a layout's index.json. */
export interface LayoutEntry {
  readonly blob: BuiltBlob;
  readonly ref?: string;
}

/** All blobs of an image, its manifest included. */
export function blobsOf({ config, layers, manifest }: BuiltImage): readonly BuiltBlob[] {
  return [config, ...layers, manifest];
}

/** The files of an OCI layout. */
export function layoutFiles(entries: readonly LayoutEntry[], blobs: readonly BuiltBlob[]): TarEntrySpec[] {
  const manifests = entries.map(({ blob, ref }) => ({
    ...descriptor(blob),
    ...(ref !== undefined && { annotations: { 'org.opencontainers.image.ref.name': ref } }),
  }));
  return [
    { path: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { path: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests }) },
    ...blobs.map(({ digest, bytes }) => ({ path: `blobs/${digest.replace(':', '/')}`, content: bytes })),
  ];
}

export interface DockerArchiveSpec {
  readonly image: BuiltImage;
  readonly repoTags: readonly string[];
  /** Puts the packed layers in, as kaniko does; otherwise the plain tars. */
  readonly packed?: boolean;
}

/** The files of a docker archive. */
export function dockerArchiveFiles(images: readonly DockerArchiveSpec[]): TarEntrySpec[] {
  const files = new Map<string, Buffer>();
  const manifest = images.map(({ image, repoTags, packed = false }) => {
    const config = `${image.config.digest.slice(7)}.json`;
    files.set(config, image.config.bytes);
    const layers = (packed ? image.layers.map(({ bytes }) => bytes) : image.tars).map((bytes) => {
      const name = `${digestOf(bytes).slice(7)}${packed ? '.tar.gz' : '/layer.tar'}`;
      files.set(name, bytes);
      return name;
    });
    return { Config: config, RepoTags: repoTags, Layers: layers };
  });
  return [
    ...[...files].map(([path, content]) => ({ path, content })),
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ];
}

/** Writes files below a directory. */
export function writeTree(root: string, files: readonly TarEntrySpec[]): void {
  for (const { path, content = '' } of files) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function pack(tar: Buffer, packing: 'gzip' | 'zstd' | 'none'): Buffer {
  if (packing === 'none') return tar;
  return packing === 'gzip' ? gzipSync(tar) : zstdCompressSync(tar);
}

function layerType(packing: 'gzip' | 'zstd' | 'none', docker: boolean): string {
  if (docker) return 'application/vnd.docker.image.rootfs.diff.tar.gzip';
  return `application/vnd.oci.image.layer.v1.tar${packing === 'none' ? '' : `+${packing}`}`;
}
