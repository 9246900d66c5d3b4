import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { assertInside, type ByteSource } from '../core/index.ts';
import { fromSystem } from './errors.ts';

/** A byte source over an open file; `close` gives the descriptor back. */
export interface FileSource extends ByteSource {
  close(): void;
}

/** Opens a regular file for random access. @throws DISK_NOT_FOUND, DISK_UNREADABLE */
export function openSource(path: string): FileSource {
  try {
    return descriptorSource(openSync(path, 'r'), path);
  } catch (error) {
    throw fromSystem(error, path, 'read');
  }
}

/** A source over a descriptor that the caller opened; `path` is for messages only. */
export function descriptorSource(descriptor: number, path: string): FileSource {
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(offset, length) {
      assertInside(size, offset, length);
      const bytes = Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const count = readAt(descriptor, bytes, done, offset + done, path);
        // The file shrank after it was opened.
        if (count === 0) assertInside(offset + done, offset, length);
        done += count;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

function readAt(descriptor: number, bytes: Buffer, start: number, position: number, path: string): number {
  try {
    return readSync(descriptor, bytes, start, bytes.length - start, position);
  } catch (error) {
    throw fromSystem(error, path, 'read');
  }
}
