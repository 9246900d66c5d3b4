import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { fromSystem } from './errors.ts';

/** One regular file below a root. */
export interface WalkedFile {
  /** Relative to the root, `/` between parts. */
  readonly path: string;
  readonly absolutePath: string;
  readonly size: number;
  readonly mode: number;
}

export interface WalkOptions {
  /** Asked with the relative path of a directory; it and all below it is left out when true. */
  readonly skipDirectory: (path: string) => boolean;
  /** Asked before a file is looked at, so that the rest costs no system call. */
  readonly wants: (path: string) => boolean;
  /** Told of what cannot be read; the walk goes on. */
  readonly onUnreadable: (path: string, error: unknown) => void;
}

/** The files below `root`, directory by directory in name order; links are not followed. */
export async function* walkFiles(root: string, options: WalkOptions): AsyncGenerator<WalkedFile, void, undefined> {
  const pending = [''];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const prefix = directory === '' ? '' : `${directory}/`;
    const entries = await readDirectory(root, directory, options);
    const paths = (kind: 'isFile' | 'isDirectory'): string[] =>
      entries.filter((entry) => entry[kind]()).map((entry) => prefix + entry.name);
    for (const path of paths('isFile').filter(options.wants)) {
      const file = await statFile(root, path, options);
      if (file !== undefined) yield file;
    }
    pending.push(
      ...paths('isDirectory')
        .filter((path) => !options.skipDirectory(path))
        .reverse(),
    );
  }
}

async function readDirectory(root: string, path: string, options: WalkOptions): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(join(root, path))) entries.push(entry);
  } catch (error) {
    if (path === '') throw fromSystem(error, root, 'read');
    options.onUnreadable(path, fromSystem(error, path, 'read'));
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function statFile(root: string, path: string, options: WalkOptions): Promise<WalkedFile | undefined> {
  const absolutePath = join(root, path);
  try {
    const found = await lstat(absolutePath);
    return found.isFile() ? { path, absolutePath, size: found.size, mode: found.mode & 0o7777 } : undefined;
  } catch (error) {
    options.onUnreadable(path, fromSystem(error, path, 'read'));
    return undefined;
  }
}
