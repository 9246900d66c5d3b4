import { type FileHandle, open, stat } from 'node:fs/promises';
import { fromSystem } from './errors.ts';

/** A file that lines are added to. */
export interface LineLog {
  /** Adds a line, without waiting; false when it had to be left out, as the file does not keep up. */
  write(line: string): boolean;
  /** Once everything is written. */
  close(): Promise<void>;
}

export interface LineLogOptions {
  /** Characters that may wait to be written. */
  readonly waiting?: number;
  /** Milliseconds between looks at whether the file is still there under its name. */
  readonly lookEvery?: number;
  /** Told of lines that could not be written. */
  readonly onFailure: (error: unknown) => void;
}

const presets = { waiting: 16 * 2 ** 20, lookEvery: 1000 };

/** Opens a file to add lines to; when it is renamed or removed, a new one is made in its place. @throws DISK_* */
export async function openLineLog(
  path: string,
  { waiting = presets.waiting, lookEvery = presets.lookEvery, onFailure }: LineLogOptions,
): Promise<LineLog> {
  let file = await openAppending(path);
  let lines: string[] = [];
  let length = 0;
  let writing: Promise<void> | undefined;
  let looked = performance.now();
  const writeAll = async (): Promise<void> => {
    while (lines.length > 0) {
      const text = lines.join('');
      [lines, length] = [[], 0];
      try {
        if (performance.now() - looked >= lookEvery) {
          file = await reopened(file, path);
          looked = performance.now();
        }
        await file.appendFile(text);
      } catch (error) {
        onFailure(error);
      }
    }
    writing = undefined;
  };
  return {
    write(line) {
      if (length + line.length >= waiting) return false;
      lines.push(`${line}\n`);
      length += line.length + 1;
      writing ??= writeAll();
      return true;
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}

async function openAppending(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a', 0o600);
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}

/** Whoever rotates files takes the one that is open away from under its name. */
async function reopened(file: FileHandle, path: string): Promise<FileHandle> {
  const [own, named] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  if (named?.ino === own.ino && named.dev === own.dev) return file;
  const next = await openAppending(path);
  await file.close();
  return next;
}
