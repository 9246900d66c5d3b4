import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { diskError, fromSystem } from './errors.ts';

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  readonly modifiedAt: Date;
}

/** Follows links; undefined when nothing is there. @throws DISK_UNREADABLE */
export async function statPath(path: string): Promise<FileStat | undefined> {
  try {
    const found = await stat(path);
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
  let file: Awaited<ReturnType<typeof open>> | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > limit) throw diskError('DISK_FILE_TOO_LARGE', { data: { path, size, limit } });
    // One byte more than stated shows a file that grew, or a special file that states no size.
    const bytes = Buffer.allocUnsafe(Math.min(limit, Math.max(size, 65_536)) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      length += bytesRead;
      if (bytesRead === 0) return bytes.subarray(0, length);
      if (length === bytes.length) throw diskError('DISK_FILE_TOO_LARGE', { data: { path, size: length, limit } });
    }
  } catch (error) {
    throw (error as Error).name === 'AppError' ? error : fromSystem(error, path, 'read');
  } finally {
    await file?.close();
  }
}

export interface StreamRange {
  readonly start?: number;
  /** Number of bytes; to the end of the file when left out. */
  readonly length?: number;
  readonly signal?: AbortSignal;
}

/** The bytes of a file in large chunks. @throws DISK_NOT_FOUND, DISK_UNREADABLE */
export async function* streamFile(path: string, range: StreamRange = {}): AsyncGenerator<Buffer, void, undefined> {
  if (range.length === 0) return;
  const start = range.start ?? 0;
  const stream = createReadStream(path, {
    start,
    ...(range.length !== undefined && { end: start + range.length - 1 }),
    ...(range.signal !== undefined && { signal: range.signal }),
    highWaterMark: 256 * 1024,
  });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    range.signal?.throwIfAborted();
    throw fromSystem(error, path, 'read');
  }
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
