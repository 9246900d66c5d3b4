import { createHash } from 'node:crypto';
import type { Digest } from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { type ArchivedFile, isPacked, type TarFile } from '../archive/tar-file.ts';
import { ociError } from '../errors.ts';
import { type Image, type ImageConfig, type ImageLayer, maxConfigSize, parseImageConfig } from '../image.ts';
import { maxManifestSize } from '../manifest.ts';
import { verified } from '../verified.ts';
import { type LegacyImage, readLegacyImages } from './legacy.ts';
import { type ArchivedImage, parseArchiveManifest } from './manifest.ts';

const hashedAtOnce = 4;

/** True when the archive has the lists that `docker save` writes. */
export function isDockerArchive(tar: TarFile): boolean {
  return tar.find('manifest.json') !== undefined || tar.find('repositories') !== undefined;
}

/**
 * Opens an image of a docker archive. Layers have no digest in it, so each is hashed first. `tag` chooses among
 * several, as a whole name or only its tag. @throws OCI_ARCHIVE_INVALID, OCI_CONFIG_INVALID, OCI_REFERENCE_NOT_FOUND, OCI_REFERENCE_AMBIGUOUS
 */
export async function openDockerArchive(name: string, tar: TarFile, tag: string | undefined): Promise<Image> {
  const manifest = tar.find('manifest.json');
  if (manifest === undefined) return openLegacy(name, tar, choose(readLegacyImages(tar), tar, tag));
  const chosen = choose(parseArchiveManifest(manifest.bytes(maxManifestSize), tar.path), tar, tag);
  const bytes = mustFind(tar, chosen.config).bytes(maxConfigSize);
  const id = digestOf(bytes);
  return toImage(name, parseImageConfig(bytes, id), id, await hashLayers(tar, chosen), chosen.repoTags);
}

/** The configuration of today is made from the old document and the layers. */
async function openLegacy(name: string, tar: TarFile, chosen: LegacyImage): Promise<Image> {
  const layers = await hashLayers(tar, chosen);
  const { id: _id, parent: _parent, container: _container, Size: _size, ...document } = chosen.document;
  const rootfs = { type: 'layers', diff_ids: layers.map(({ digest }) => digest) };
  const bytes = Buffer.from(JSON.stringify({ ...document, rootfs }));
  const id = digestOf(bytes);
  return toImage(name, parseImageConfig(bytes, id), id, layers, chosen.repoTags);
}

function choose<T extends Pick<ArchivedImage, 'repoTags'>>(
  images: readonly T[],
  tar: TarFile,
  tag: string | undefined,
): T {
  const matching =
    tag === undefined ? images : images.filter(({ repoTags }) => repoTags.some((it) => isNamed(it, tag)));
  const [first, ...others] = matching;
  const available = images.flatMap(({ repoTags }) => repoTags).join(', ') || 'none';
  const data = { source: tar.path, available, ...(tag !== undefined && { reference: tag }) };
  if (first === undefined) {
    if (tag !== undefined) throw ociError('OCI_REFERENCE_NOT_FOUND', { data });
    throw ociError('OCI_ARCHIVE_INVALID', { data: { path: tar.path, reason: 'it lists no image' } });
  }
  if (others.length > 0) throw ociError('OCI_REFERENCE_AMBIGUOUS', { data });
  return first;
}

function isNamed(repoTag: string, wanted: string): boolean {
  return repoTag === wanted || repoTag.slice(repoTag.lastIndexOf(':') + 1) === wanted;
}

interface HashedLayer {
  readonly file: ArchivedFile;
  readonly digest: Digest;
  readonly packed: boolean;
}

async function hashLayers(tar: TarFile, { layers }: Pick<ArchivedImage, 'layers'>): Promise<HashedLayer[]> {
  return mapPooled(layers, hashedAtOnce, async (layer) => {
    const file = mustFind(tar, layer);
    const hash = createHash('sha256');
    let head: Uint8Array | undefined;
    for await (const chunk of file.stream()) {
      head ??= Uint8Array.from(chunk.subarray(0, 4));
      hash.update(chunk);
    }
    return { file, digest: `sha256:${hash.digest('hex')}`, packed: head !== undefined && isPacked(head) };
  });
}

function toImage(
  name: string,
  config: ImageConfig,
  id: Digest,
  hashed: readonly HashedLayer[],
  repoTags: readonly string[],
): Image {
  if (config.diffIds.length !== hashed.length) {
    const reason = `it lists ${config.diffIds.length} layers, the archive ${hashed.length}`;
    throw ociError('OCI_CONFIG_INVALID', { data: { digest: id, reason } });
  }
  const layers = hashed.map(
    ({ file, digest, packed }, index): ImageLayer => ({
      digest,
      diffId: config.diffIds[index] as Digest,
      size: file.size,
      ...(!packed && { unnamed: true }),
      open: (signal) => verified(file.stream(signal), digest, file.size),
    }),
  );
  const reference = repoTags[0] === undefined ? {} : { reference: repoTags[0] };
  return { name, id, config, layers, repoTags, repoDigests: [], ...reference, close: async () => undefined };
}

function mustFind(tar: TarFile, name: string): ArchivedFile {
  const file = tar.find(name);
  if (file !== undefined) return file;
  const reason = `it lists ${name.slice(0, 200)}, which it does not hold`;
  throw ociError('OCI_ARCHIVE_INVALID', { data: { path: tar.path, reason } });
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
