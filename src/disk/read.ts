import { close, fstat, open as openFile, read, stat as statFile } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { diskError, fromSystem } from './errors.ts';

/**
 * What every start needs, without `node:fs/promises`: that loads a dozen of Node's own modules, which takes 2 ms.
 */
const plain = {
  stat: promisify(statFile),
  open: promisify(openFile),
  fstat: promisify(fstat),
  read: promisify(read),
  close: promisify(close),
};

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  readonly modifiedAt: Date;
}

/** Follows links; undefined when nothing is there. @throws DISK_UNREADABLE */
export async function statPath(path: string): Promise<FileStat | undefined> {
  try {
    const found = await plain.stat(path);
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
    return { kind, size: found.size, modifiedAt: found.mtime };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fromSystem(error, path, 'read');
  }
}

/**
 * What changes whenever a file's bytes do, without reading them: device, inode, size, and the times of its last
 * modification and change in nanoseconds. Undefined when nothing is there. @throws DISK_UNREADABLE
 */
export async function fileIdentity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fromSystem(error, path, 'read');
  }
}

/** Reads a whole file of at most `limit` bytes. @throws DISK_NOT_FOUND, DISK_UNREADABLE, DISK_FILE_TOO_LARGE */
export async function readWhole(path: string, limit: number): Promise<Buffer> {
  let file: number | undefined;
  try {
    file = await plain.open(path, 'r');
    const { size } = await plain.fstat(file);
    if (size > limit) throw diskError('DISK_FILE_TOO_LARGE', { data: { path, size, limit } });
    // One byte more than stated shows a file that grew, or a special file that states no size.
    const bytes = Buffer.allocUnsafe(Math.min(limit, Math.max(size, 65_536)) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await plain.read(file, bytes, length, bytes.length - length, null);
      length += bytesRead;
      if (bytesRead === 0) return bytes.subarray(0, length);
      if (length === bytes.length) throw diskError('DISK_FILE_TOO_LARGE', { data: { path, size: length, limit } });
    }
  } catch (error) {
    throw (error as Error).name === 'AppError' ? error : fromSystem(error, path, 'read');
  } finally {
    if (file !== undefined) await plain.close(file);
  }
}

export interface StreamRange {
  readonly start?: number;
  /** Number of bytes; to the end of the file when left out. */
  readonly length?: number;
  readonly signal?: AbortSignal;
}

const chunkSize = 256 * 1024;

/** The bytes of a file in large chunks; each is valid until the next one is asked for. @throws DISK_NOT_FOUND, DISK_UNREADABLE */
export async function* streamFile(path: string, range: StreamRange = {}): AsyncGenerator<Buffer, void, undefined> {
  if (range.length === 0) return;
  let file: FileHandle | undefined;
  try {
    range.signal?.throwIfAborted();
    file = await open(path, 'r');
    yield* readInTurns(readerOf(file), range);
  } catch (error) {
    range.signal?.throwIfAborted();
    throw fromSystem(error, path, 'read');
  } finally {
    await file?.close();
  }
}

/** The bytes of a pipe or device from where it stands; each chunk is valid until the next one is asked for. @throws DISK_NOT_FOUND, DISK_UNREADABLE */
export async function* streamPipe(path: string, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  let file: FileHandle | undefined;
  try {
    const opened = await open(path, 'r');
    file = opened;
    const read: PositionedRead = async (buffer, _, length) => (await opened.read(buffer, 0, length, null)).bytesRead;
    yield* readInTurns(read, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw fromSystem(error, path, 'read');
  } finally {
    await file?.close();
  }
}

/** Reads up to `length` bytes from `position` on into the beginning of a buffer; resolves to their number, 0 at the end. */
type PositionedRead = (buffer: Buffer, position: number, length: number) => Promise<number>;

/** One buffer is read into while the other is used, so that memory stays the same however large the file is. */
export async function* readInTurns(
  read: PositionedRead,
  { start = 0, length = Number.POSITIVE_INFINITY, signal }: StreamRange,
): AsyncGenerator<Buffer, void, undefined> {
  const buffers = [Buffer.allocUnsafeSlow(chunkSize), Buffer.allocUnsafeSlow(chunkSize)] as const;
  let left = length;
  let position = start;
  const next = async (buffer: Buffer): Promise<number> => {
    const wanted = Math.min(chunkSize, left);
    return wanted === 0 ? 0 : read(buffer, position, wanted);
  };
  let pending = next(buffers[0]);
  try {
    for (let turn = 0; ; turn = 1 - turn) {
      const count = await pending;
      signal?.throwIfAborted();
      if (count === 0) return;
      position += count;
      left -= count;
      pending = next(turn === 0 ? buffers[1] : buffers[0]);
      yield (turn === 0 ? buffers[0] : buffers[1]).subarray(0, count);
    }
  } finally {
    // A file that is still read from may not be closed, and nobody asks any more how the read went.
    await pending.catch(() => undefined);
  }
}

function readerOf(file: FileHandle): PositionedRead {
  return async (buffer, position, length) => (await file.read(buffer, 0, length, position)).bytesRead;
}

/** Names in a directory, sorted; empty when it does not exist. @throws DISK_UNREADABLE */
export async function listDirectory(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fromSystem(error, path, 'read');
  }
}
