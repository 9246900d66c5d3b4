import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { assertInside, type ByteSource } from '../core/index.ts';
import { fromSystem } from './errors.ts';
import { readInTurns, type StreamRange } from './read.ts';

/** A byte source over an open file; `close` gives the descriptor back. */
export interface FileSource extends ByteSource {
  /** A stretch of the file in large chunks, each valid until the next one is asked for. @throws DISK_UNREADABLE, CORE_READ_PAST_END */
  stream(range: StreamRange): AsyncIterable<Buffer>;
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
    async *stream({ start = 0, length = size - start, signal }) {
      assertInside(size, start, length);
      if (length === 0) return;
      const range = { start, length, ...(signal !== undefined && { signal }) };
      let seen = 0;
      try {
        for await (const chunk of readInTurns(readerOf(descriptor), range)) {
          seen += chunk.length;
          yield chunk;
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw fromSystem(error, path, 'read');
      }
      if (seen < length) assertInside(start + seen, start, length);
    },
    close: () => closeSync(descriptor),
  };
}

const readPositioned = promisify(read);

function readerOf(descriptor: number): Parameters<typeof readInTurns>[0] {
  return async (buffer, position, length) => (await readPositioned(descriptor, buffer, 0, length, position)).bytesRead;
}

function readAt(descriptor: number, bytes: Buffer, start: number, position: number, path: string): number {
  try {
    return readSync(descriptor, bytes, start, bytes.length - start, position);
  } catch (error) {
    throw fromSystem(error, path, 'read');
  }
}
