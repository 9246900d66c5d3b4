import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromSystem } from './errors.ts';
import { syncDirectory, temporaryName } from './write.ts';

/** File systems without hard links, and files that have as many as there may be. */
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * Gives the bytes of a file one more name, replacing what had it, so that both survive a power cut; a copy where the file
 * system knows no hard links. False when nothing is there. A crash leaves at most a temporary name in `staging`.
 * @throws DISK_UNWRITABLE
 */
export async function linkDurably(from: string, to: string, staging: string): Promise<boolean> {
  const temporary = temporaryName(join(staging, 'link'));
  try {
    await makeDurableDirectory(staging);
    await syncFile(from);
    await linkOrCopy(from, temporary);
    await renameDurably(temporary, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw (error as Error).name === 'AppError' ? error : fromSystem(error, to, 'write');
  } finally {
    // Renaming one name of a file onto another of the same file leaves both (POSIX rename).
    await rm(temporary, { force: true });
  }
}

/** Gives a file that is on the disk another name, replacing what had it, for good. @throws DISK_UNWRITABLE */
export async function renameDurably(from: string, to: string): Promise<void> {
  try {
    await makeDurableDirectory(dirname(to));
    await rename(from, to);
    await syncDirectory(dirname(to));
  } catch (error) {
    throw (error as Error).name === 'AppError' ? error : fromSystem(error, to, 'write');
  }
}

/** Whether the bytes of a file have other names; false when it is not there. */
export async function isShared(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.nlink > 1;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!linkless.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await syncFile(to);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Directories that are made on the way are on the disk, too. */
async function makeDurableDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    await syncDirectory(dirname(made));
    if (made === first || dirname(made) === made) return;
  }
}
