import { createHash } from 'node:crypto';
import { gzip } from '../../codecs/compression/index.ts';
import { type Digest, formatImageReference, parseImageReference } from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { type ArchivedFile, isPacked, type TarFile } from '../archive/tar-file.ts';
import { digestOf } from '../client/manifest.ts';
import { type ArchivedImage, parseArchiveManifest } from '../docker-archive/manifest.ts';
import { ociError } from '../errors.ts';
import { orderDescriptor } from '../go-json/descriptor.ts';
import { toGoJson } from '../go-json/text.ts';
import { maxConfigSize, parseImageConfig } from '../image.ts';
import { type Descriptor, isObject, type Manifest, maxManifestSize, mediaTypes, parseManifest } from '../manifest.ts';
import { verified } from '../verified.ts';
import type { StoredImage } from './choose.ts';
import type { ContentSource } from './content.ts';

const layerType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
const configType = 'application/vnd.docker.container.image.v1+json';
const plainTypes: ReadonlySet<unknown> = new Set([
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.docker.image.rootfs.diff.tar',
]);
const hashedAtOnce = 4;

/**
 * An image of a docker archive, with the manifest that crane makes for it: Docker's types, layers as they lie there where
 * they are packed, and packed with gzip where they are not. `name` chooses among several.
 * @throws OCI_ARCHIVE_INVALID, OCI_CONFIG_INVALID, OCI_REFERENCE_NOT_FOUND, OCI_REFERENCE_AMBIGUOUS
 */
export async function openArchiveContent(tar: TarFile, name?: string): Promise<StoredImage> {
  const chosen = choose(
    parseArchiveManifest(mustFind(tar, 'manifest.json').bytes(maxManifestSize), tar.path),
    tar,
    name,
  );
  const config = Buffer.from(mustFind(tar, chosen.config).bytes(maxConfigSize));
  const layers = await readLayers(tar, chosen, parseImageConfig(config, digestOf(config)).diffIds);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.dockerManifest,
    config: { mediaType: configType, size: config.length, digest: digestOf(config) },
    layers: layers.map(({ descriptor }) => descriptor),
  };
  const bytes = Buffer.from(toGoJson(manifest));
  const digest = digestOf(bytes);
  const parsed = parseManifest(bytes, digest) as Manifest;
  return {
    source: toSource(tar, config, layers),
    manifest: { bytes, digest, mediaType: mediaTypes.dockerManifest },
    parsed,
  };
}

interface ArchivedLayer {
  readonly descriptor: Readonly<Record<string, unknown>>;
  /** The packed bytes. */
  readonly open: (signal: AbortSignal | undefined) => AsyncIterable<Buffer>;
}

async function readLayers(tar: TarFile, image: ArchivedImage, diffIds: readonly Digest[]): Promise<ArchivedLayer[]> {
  if (diffIds.length !== image.layers.length) {
    const reason = `it lists ${diffIds.length} layers, the archive ${image.layers.length}`;
    throw ociError('OCI_CONFIG_INVALID', { data: { digest: image.config, reason } });
  }
  const files = image.layers.map((path) => mustFind(tar, path));
  const arePacked = files[0] !== undefined && (await isFilePacked(files[0]));
  return mapPooled(files, hashedAtOnce, async (file, index) => {
    const open = (signal: AbortSignal | undefined): AsyncIterable<Buffer> =>
      arePacked ? file.stream(signal) : gzip(file.stream(signal));
    const elsewhere = image.layerSources?.[diffIds[index] ?? ''];
    if (elsewhere !== undefined && (arePacked || !isPlain(elsewhere)))
      return { descriptor: orderDescriptor(elsewhere), open };
    return { descriptor: { mediaType: layerType, ...(await measure(open(undefined))) }, open };
  });
}

/** Docker 25 writes down where each layer lies in the archive; what lies there unpacked is packed as without it. */
function isPlain(source: unknown): boolean {
  return isObject(source) && plainTypes.has(source['mediaType']);
}

async function isFilePacked(file: ArchivedFile): Promise<boolean> {
  for await (const chunk of file.stream()) return isPacked(chunk);
  return false;
}

async function measure(stream: AsyncIterable<Buffer>): Promise<{ readonly size: number; readonly digest: Digest }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, digest: `sha256:${hash.digest('hex')}` };
}

function toSource({ path }: TarFile, config: Buffer, layers: readonly ArchivedLayer[]): ContentSource {
  const configDigest = digestOf(config);
  const stream = ({ digest, size }: Descriptor, signal?: AbortSignal): AsyncIterable<Buffer> => {
    if (digest === configDigest) return once(config);
    const layer = layers.find(({ descriptor }) => descriptor['digest'] === digest);
    if (layer === undefined) throw ociError('OCI_BLOB_MISSING', { data: { digest } });
    return verified(layer.open(signal), digest, size);
  };
  return {
    name: path,
    stream,
    manifest: async ({ digest }) => {
      throw ociError('OCI_BLOB_MISSING', { data: { digest } });
    },
    async read({ digest }) {
      if (digest === configDigest) return config;
      throw ociError('OCI_BLOB_MISSING', { data: { digest } });
    },
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

function choose(images: readonly ArchivedImage[], tar: TarFile, name: string | undefined): ArchivedImage {
  const available = images.flatMap(({ repoTags }) => repoTags).join(', ') || 'none';
  if (name === undefined) {
    const [first, ...others] = images;
    if (first !== undefined && others.length === 0) return first;
    throw ociError('OCI_REFERENCE_AMBIGUOUS', { data: { source: tar.path, available } });
  }
  const wanted = withTag(name);
  const found = images.find(({ repoTags }) => repoTags.some((repoTag) => withTag(repoTag) === wanted));
  if (found !== undefined) return found;
  throw ociError('OCI_REFERENCE_NOT_FOUND', { data: { reference: name, source: tar.path, available } });
}

/** There are several ways to write the same name. @throws CORE_REFERENCE_INVALID */
function withTag(name: string): string {
  const { tag = 'latest', ...reference } = parseImageReference(name);
  return formatImageReference({ ...reference, tag });
}

function mustFind(tar: TarFile, name: string): ArchivedFile {
  const file = tar.find(name);
  if (file !== undefined) return file;
  const reason = `it has no file ${name.slice(0, 200)}`;
  throw ociError('OCI_ARCHIVE_INVALID', { data: { path: tar.path, reason } });
}
