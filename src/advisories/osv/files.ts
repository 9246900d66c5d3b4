import { join } from 'node:path';
import { openZip, type ZipArchive, type ZipEntry } from '../../codecs/zip/index.ts';
import { describeError, isAppError } from '../../core/index.ts';
import { openSource, statPath, walkFiles } from '../../disk/index.ts';
import { once } from '../../kit/memoize.ts';
import { advisoryError } from '../errors.ts';

/** Raw records that are at hand, by number. */
export interface RecordFiles {
  /** Names for messages. */
  readonly names: readonly string[];
  /** What is there but cannot be read, with the reason. */
  readonly unreadable: readonly (readonly [name: string, reason: string])[];
  /** Reads each record once, in any order. @throws DISK_*, CODEC_*, ADVISORIES_RECORD_INVALID */
  read(index: number): Buffer;
  /** Reads a record that `read` gave before. @throws as `read` */
  readAgain(index: number): Buffer;
  close(): void;
}

/** Bytes of the largest record that is read; the largest published ones have a few MiB. */
const maxRecordSize: number = 16 * 2 ** 20;

/** A directory of `.json` files, or a zip file of them. @throws ADVISORIES_RECORDS_MISSING, DISK_UNREADABLE, CODEC_ZIP_* */
export async function openRecordFiles(path: string): Promise<RecordFiles> {
  const found = await statPath(path);
  if (found?.kind === 'directory') return openDirectory(path);
  if (found?.kind === 'file') return openArchive(path);
  throw advisoryError('ADVISORIES_RECORDS_MISSING', { data: { path } });
}

async function openDirectory(path: string): Promise<RecordFiles> {
  const names: string[] = [];
  const unreadable: [string, string][] = [];
  const files = walkFiles(path, {
    skipDirectory: () => false,
    wants: isRecordName,
    onUnreadable: (name, error) => unreadable.push([name, describeError(error)]),
  });
  for await (const file of files) names.push(file.path);
  const read = (index: number): Buffer => readFile(join(path, names[index] ?? ''), names[index] ?? '');
  return { names, unreadable, read, readAgain: read, close: () => undefined };
}

function openArchive(path: string): RecordFiles {
  const source = openSource(path);
  try {
    const archive = openZip(source);
    const records = archive.entries.filter(({ name }) => isRecordName(name));
    const read = (from: ZipArchive, index: number): Buffer => from.read(records[index] as ZipEntry, maxRecordSize);
    let again = once(() => openZip(source));
    return {
      names: records.map(({ name }) => name),
      unreadable: [],
      read: (index) => read(archive, index),
      readAgain(index) {
        try {
          return read(again(), index);
        } catch (error) {
          if (!isAppError(error, 'CODEC_ZIP_INVALID')) throw error;
          // Against entries that overlap, an archive gives no more bytes than it has; one opened anew starts again.
          again = once(() => openZip(source));
          return read(again(), index);
        }
      },
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

function isRecordName(name: string): boolean {
  return name.endsWith('.json');
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
