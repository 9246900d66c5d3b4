import { readWhole } from '../../disk/index.ts';
import type { FileEntry } from './entry.ts';

/** One configuration file, read. */
export interface ConfigFile {
  readonly path: string;
  /** False for a file that may belong to what is scanned. */
  readonly trusted: boolean;
  readonly entries: readonly FileEntry[];
}

const maxSize = 256 * 1024;

/**
 * Reads a YAML file into keys and values; `isMap` tells the keys whose value is one map.
 * @throws CONFIG_FILE_INVALID, DISK_NOT_FOUND, DISK_UNREADABLE, DISK_FILE_TOO_LARGE
 */
export async function loadConfigFile(
  path: string,
  trusted: boolean,
  isMap: (key: string) => boolean,
): Promise<ConfigFile> {
  const bytes = await readWhole(path, maxSize);
  // The parser is large, and most runs have no file.
  const { parseConfigFile } = await import('./parse.ts');
  return { path, trusted, entries: parseConfigFile(bytes, path, isMap) };
}
