import { spoolStream, statPath } from '../../disk/index.ts';
import { openTarFile, openTarSource, type TarFile } from '../archive/tar-file.ts';
import type { StoredImage } from './choose.ts';
import type { StoredContent } from './content.ts';
import { openArchiveContent } from './docker-archive.ts';
import { openLayoutContent } from './layout.ts';

/** What a path held, and how to let go of it. */
export interface OpenedContent<T extends StoredContent = StoredContent> {
  readonly content: T;
  close(): void;
}

/**
 * A directory is an OCI layout, anything else a docker archive, as crane has it. @throws DISK_*, CODEC_*, OCI_*
 */
export async function openPathContent(path: string, wanted: 'whole' | 'only'): Promise<OpenedContent> {
  if ((await statPath(path))?.kind !== 'directory') return openArchiveFile(path);
  return { content: await openLayoutContent(path, wanted), close: () => undefined };
}

const maxArchive = 256 * 2 ** 30;

/** The only image of a docker archive that comes as a stream; it waits in a temporary file. @throws DISK_*, CODEC_*, OCI_* */
export async function openArchiveStream(
  stream: AsyncIterable<Uint8Array>,
  name: string,
): Promise<OpenedContent<StoredImage>> {
  return openTar(openTarSource(await spoolStream(stream, maxArchive), name));
}

/** An image of a docker archive; without a name the only one. @throws DISK_*, CODEC_*, OCI_* */
export async function openArchiveFile(path: string, name?: string): Promise<OpenedContent<StoredImage>> {
  return openTar(await openTarFile(path), name);
}

async function openTar(tar: TarFile, name?: string): Promise<OpenedContent<StoredImage>> {
  try {
    return { content: await openArchiveContent(tar, name), close: () => tar.close() };
  } catch (error) {
    tar.close();
    throw error;
  }
}
