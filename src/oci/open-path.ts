import { type Digest, describeError, isAppError, isDigest } from '../core/index.ts';
import { statPath } from '../disk/index.ts';
import { openTarFile, type TarFile } from './archive/tar-file.ts';
import { isDockerArchive, openDockerArchive } from './docker-archive/open.ts';
import { ociError } from './errors.ts';
import type { Image } from './image.ts';
import { archiveBlobs } from './layout/archive.ts';
import { directoryBlobs } from './layout/directory.ts';
import { type LayoutSelection, openLayoutImage } from './layout/open.ts';
import type { Platform } from './manifest.ts';

/**
 * Opens an image from a path: OCI layout (directory or tar) or docker archive, told by content. Behind the path may
 * stand `:tag` or `@digest`, where no file of that whole name exists.
 * @throws OCI_FORMAT_UNKNOWN, DISK_NOT_FOUND, DISK_UNREADABLE, OCI_*, CODEC_*
 */
export async function openImagePath(text: string, platform?: Platform): Promise<Image> {
  const { path, kind, tag, digest } = await locate(text);
  const selection: LayoutSelection = {
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    ...(platform !== undefined && { platform }),
  };
  return kind === 'directory'
    ? openDirectory(text, path, selection)
    : openArchive(text, await openTar(path), selection);
}

interface Located {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'other';
  readonly tag?: string;
  readonly digest?: Digest;
}

/** The longest existing path wins, so that a colon in a file name does no harm. */
async function locate(text: string): Promise<Located> {
  const whole = await statPath(text);
  if (whole !== undefined) return { path: text, kind: whole.kind };
  const at = text.lastIndexOf('@');
  const digest = text.slice(at + 1);
  const before = at > 0 && isDigest(digest) ? await statPath(text.slice(0, at)) : undefined;
  if (before !== undefined) return { path: text.slice(0, at), kind: before.kind, digest: digest as Digest };
  for (let colon = text.lastIndexOf(':'); colon > 0; colon = text.lastIndexOf(':', colon - 1)) {
    const found = await statPath(text.slice(0, colon));
    if (found !== undefined) return { path: text.slice(0, colon), kind: found.kind, tag: text.slice(colon + 1) };
  }
  return { path: text, kind: 'file' };
}

async function openDirectory(name: string, path: string, selection: LayoutSelection): Promise<Image> {
  if ((await statPath(`${path}/index.json`)) !== undefined) {
    return openLayoutImage(name, directoryBlobs(path), selection);
  }
  throw ociError('OCI_FORMAT_UNKNOWN', { data: { path, tried: 'OCI layout directory (it has no index.json)' } });
}

async function openTar(path: string): Promise<TarFile> {
  try {
    return await openTarFile(path);
  } catch (error) {
    if (!isAppError(error, 'CODEC_TAR_INVALID') || error.data['offset'] !== 0) throw error;
    const tried = `docker archive and OCI layout tar (${describeError(error)})`;
    throw ociError('OCI_FORMAT_UNKNOWN', { data: { path, tried }, cause: error });
  }
}

/** Recent `docker save` writes both formats into one tar; the names are only in the docker one. */
async function openArchive(name: string, tar: TarFile, selection: LayoutSelection): Promise<Image> {
  try {
    const image = await openIndexed(name, tar, selection);
    return { ...image, close: async () => tar.close() };
  } catch (error) {
    tar.close();
    throw error;
  }
}

async function openIndexed(name: string, tar: TarFile, selection: LayoutSelection): Promise<Image> {
  if (isDockerArchive(tar) && selection.digest === undefined) return openDockerArchive(name, tar, selection.tag);
  if (tar.find('index.json') !== undefined) return openLayoutImage(name, archiveBlobs(tar), selection);
  const tried = 'docker archive (it has no manifest.json), OCI layout tar (it has no index.json)';
  throw ociError('OCI_FORMAT_UNKNOWN', { data: { path: tar.path, tried } });
}
