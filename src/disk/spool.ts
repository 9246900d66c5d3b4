import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../core/index.ts';
import { memorySource } from '../kit/memory-source.ts';
import { diskError, fromSystem } from './errors.ts';
import { descriptorSource, type FileSource } from './file-source.ts';

/** Collects the bytes of one file for random access; `dispose` frees what it holds. */
export interface Spool {
  write(chunk: Uint8Array): void;
  /** To be called once, after the last write. */
  finish(): ByteSource;
  dispose(): void;
}

/** A spool in memory for exactly `size` bytes. */
export function memorySpool(size: number): Spool {
  // Not from Node's shared pool, so that the memory goes when the file does.
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  return {
    write(chunk) {
      bytes.set(chunk, length);
      length += chunk.length;
    },
    finish: () => memorySource(bytes.subarray(0, length)),
    // The collector would let many megabytes pile up before it notices.
    dispose: () => void (bytes.buffer as ArrayBuffer).transfer(0),
  };
}

/** A spool in a temporary file that has no name any more, so that nothing is left behind whatever happens. @throws DISK_UNWRITABLE */
export function fileSpool(): Spool {
  const path = join(tmpdir(), `plimsoll-${randomBytes(8).toString('hex')}`);
  const descriptor = createUnlinked(path);
  return {
    write: (chunk) => writeAll(descriptor, chunk, path),
    finish: () => descriptorSource(descriptor, path),
    dispose: () => closeSync(descriptor),
  };
}

/**
 * Writes a stream to a temporary file without a name; closing the source gives the space back.
 * @throws DISK_UNWRITABLE, DISK_FILE_TOO_LARGE when there are more than `limit` bytes
 */
export async function spoolStream(stream: AsyncIterable<Uint8Array>, limit: number): Promise<FileSource> {
  const path = join(tmpdir(), `plimsoll-${randomBytes(8).toString('hex')}`);
  const descriptor = createUnlinked(path);
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit) throw diskError('DISK_FILE_TOO_LARGE', { data: { path, size, limit } });
      writeAll(descriptor, chunk, path);
    }
    return descriptorSource(descriptor, path);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function writeAll(descriptor: number, chunk: Uint8Array, path: string): void {
  try {
    for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}

function createUnlinked(path: string): number {
  try {
    const descriptor = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return descriptor;
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}
