import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import {
  appendStream,
  isShared,
  linkDurably,
  listDirectory,
  readWhole,
  removePath,
  removeStaleTemporaries,
  renameDurably,
  stageFile,
  statPath,
  streamFile,
} from '../../disk/index.ts';
import type { Storage } from './storage.ts';

const maxWhole = 8 * 2 ** 20;
const staging = 'staging';
const uploads = 'uploads';
/** Far longer than a running server keeps an upload that nobody goes on with. */
const abandonedAfter = 24 * 3_600_000;

/**
 * Keeps everything below a directory. A name appears only once its bytes are whole and on the disk; bytes with several
 * names are one file with hard links, so that the file system itself counts who still needs them, also for several
 * processes at once.
 */
export function diskStorage(root: string): Storage {
  const at = (name: string): string => join(root, name);
  return {
    async size(name) {
      const found = await statPath(at(name));
      return found?.kind === 'file' ? found.size : undefined;
    },
    async read(name) {
      return readWhole(at(name), maxWhole).catch((error: unknown) => {
        if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
        throw error;
      });
    },
    stream: (name, start, length) => streamFile(at(name), { start, length }),
    async write(name, content) {
      const staged = await stageFile(at(`${staging}/write`), content, { durable: true });
      await renameDurably(staged.temporaryPath, at(name)).finally(staged.discard);
    },
    append: (name, content) => appendStream(at(name), content),
    link: (from, to) => linkDurably(at(from), at(to), at(staging)),
    isShared: (name) => isShared(at(name)),
    remove: (name) => removePath(at(name)),
    list: (prefix) => listDirectory(at(prefix)),
  };
}

/** Removes what servers that crashed left: temporary files, and uploads that nobody goes on with. `now` in ms since 1970. */
export async function sweepDiskStorage(root: string, now: number): Promise<void> {
  await removeStaleTemporaries(join(root, staging));
  for (const server of await listDirectory(join(root, uploads))) {
    const directory = join(root, uploads, server);
    const paths = [directory, ...(await listDirectory(directory)).map((name) => join(directory, name))];
    const found = await Promise.all(paths.map((path) => statPath(path)));
    if (found.every((stat) => stat === undefined || now - stat.modifiedAt.getTime() > abandonedAfter)) {
      await removePath(directory);
    }
  }
}
