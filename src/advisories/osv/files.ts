import { join } from 'node:path';
import { openSource, statPath, walkFiles } from '../../disk/index.ts';
import { advisoryError } from '../errors.ts';

/** Raw records that are at hand, by number. */
export interface RecordFiles {
  /** Names for messages. */
  readonly names: readonly string[];
  /** What is there but cannot be read, with the reason. */
  readonly unreadable: readonly (readonly [name: string, reason: string])[];
  /** @throws DISK_*, CODEC_*, ADVISORIES_RECORD_INVALID */
  read(index: number): Buffer;
  close(): void;
}

/** Bytes of the largest record that is read; the largest published one has under 4 MiB. */
const maxRecordSize: number = 16 * 2 ** 20;

/** The `.json` files below a directory. @throws ADVISORIES_RECORDS_MISSING, DISK_UNREADABLE */
async function openDirectory(path: string): Promise<RecordFiles> {
  const names: string[] = [];
  const unreadable: [string, string][] = [];
  const files = walkFiles(path, {
    skipDirectory: () => false,
    wants: (name) => name.endsWith('.json'),
    onUnreadable: (name, error) => unreadable.push([name, (error as Error).message]),
  });
  for await (const file of files) names.push(file.path);
  return {
    names,
    unreadable,
    read: (index) => readFile(join(path, names[index] ?? ''), names[index] ?? ''),
    close: () => undefined,
  };
}

/** @throws ADVISORIES_RECORDS_MISSING */
export async function openRecordFiles(path: string): Promise<RecordFiles> {
  const found = await statPath(path);
  if (found?.kind === 'directory') return openDirectory(path);
  throw advisoryError('ADVISORIES_RECORDS_MISSING', { data: { path } });
}

function readFile(path: string, name: string): Buffer {
  const source = openSource(path);
  try {
    if (source.size > maxRecordSize) {
      throw advisoryError('ADVISORIES_RECORD_INVALID', { data: { name, reason: `it has ${source.size} bytes` } });
    }
    return Buffer.from(source.read(0, source.size));
  } finally {
    source.close();
  }
}
