import { chmod, chown, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { diskError, fromSystem } from './errors.ts';
import { readWhole } from './read.ts';
import { stageFile } from './write.ts';

/** A file of a user that may be written anew in its place. */
export interface RewritableFile {
  readonly bytes: Buffer;
  /** Replaces the content at once and keeps mode and owner. @throws DISK_FILE_CHANGED, DISK_UNWRITABLE */
  replace(content: Uint8Array): Promise<void>;
}

/**
 * Reads a file below `root` so that it can be replaced as long as nobody else changes it. Links are followed as long as
 * they stay below the root. @throws DISK_OUTSIDE_ROOT, DISK_NOT_FOUND, DISK_UNREADABLE, DISK_FILE_TOO_LARGE
 */
export async function readRewritable(path: string, root: string, limit: number): Promise<RewritableFile> {
  const place = await findPlace(path, root);
  const bytes = await readWhole(place, limit);
  return {
    bytes,
    replace: async (content) => {
      const unchanged = (await findPlace(path, root)) === place && (await readWhole(place, limit)).equals(bytes);
      if (!unchanged) throw diskError('DISK_FILE_CHANGED', { data: { path } });
      await replaceAt(place, content);
    },
  };
}

/** Where a path leads to in the end. */
async function findPlace(path: string, root: string): Promise<string> {
  const [place, top] = await Promise.all([realpath(path), realpath(root)]).catch((error: unknown) => {
    throw fromSystem(error, path, 'read');
  });
  if (place.startsWith(top.endsWith(sep) ? top : top + sep)) return place;
  throw diskError('DISK_OUTSIDE_ROOT', { data: { path, root } });
}

async function replaceAt(place: string, content: Uint8Array): Promise<void> {
  const { mode, uid, gid } = await stat(place);
  const staged = await stageFile(place, content, { mode: mode & 0o777 });
  try {
    await keepOwner(staged.temporaryPath, uid, gid);
    // The process's mask may have taken rights away.
    await chmod(staged.temporaryPath, mode & 0o7777);
    await staged.commit();
  } catch (error) {
    await staged.discard();
    throw (error as Error).name === 'AppError' ? error : fromSystem(error, place, 'write');
  }
}

/** Only the superuser can give files away; for anybody else the file becomes theirs. */
async function keepOwner(path: string, uid: number, gid: number): Promise<void> {
  const own = await stat(path);
  if (own.uid !== uid || own.gid !== gid) await chown(path, uid, gid).catch(() => undefined);
}
