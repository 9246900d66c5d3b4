import { statPath } from '../../disk/index.ts';
import { openTarFile } from '../archive/tar-file.ts';
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

/** An image of a docker archive; without a name the only one. @throws DISK_*, CODEC_*, OCI_* */
export async function openArchiveFile(path: string, name?: string): Promise<OpenedContent<StoredImage>> {
  const tar = await openTarFile(path);
  try {
    return { content: await openArchiveContent(tar, name), close: () => tar.close() };
  } catch (error) {
    tar.close();
    throw error;
  }
}
