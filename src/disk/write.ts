import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromSystem } from './errors.ts';
import { listDirectory, statPath } from './read.ts';

/** Owner only: what we cache or report may tell of private images. */
const privateDirectory = 0o700;
const temporarySuffix = '.tmp';
const gatherSize = 2 ** 19;
const staleAfter = 3_600_000;

/** Creates a directory and those above it. @throws DISK_UNWRITABLE */
export async function makeDirectory(path: string, mode: number = privateDirectory): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode });
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}

export interface WriteOptions {
  readonly mode?: number;
  /** Forces the bytes to the disk before the name appears; for data that must survive a crash. */
  readonly durable?: boolean;
}

/**
 * Writes a whole file so that other processes see the old bytes or the new ones, never a part: to a temporary
 * name beside it, then renamed. A crash leaves at most the temporary file. @throws DISK_UNWRITABLE
 */
export async function writeAtomic(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<void> {
  const staged = await stageFile(path, content, options);
  try {
    await staged.commit();
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

/** A file written whole under a temporary name beside its own. */
export interface StagedFile {
  readonly temporaryPath: string;
  /** Gives it its name. @throws DISK_UNWRITABLE */
  commit(): Promise<void>;
  /** Removes it; harmless after `commit`. */
  discard(): Promise<void>;
}

/** The first half of `writeAtomic`, for several files that must get their names in an order. @throws DISK_UNWRITABLE */
export async function stageFile(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: WriteOptions = {},
): Promise<StagedFile> {
  const temporaryPath = temporaryName(path);
  // What went wrong before is what the caller must hear of, not that nothing is there to be removed.
  const discard = (): Promise<void> => rm(temporaryPath, { force: true }).catch(() => undefined);
  try {
    await mkdir(dirname(path), { recursive: true, mode: privateDirectory });
    await writeFile(temporaryPath, content, options);
  } catch (error) {
    await discard();
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fromSystem(error, path, 'write');
  }
  return { temporaryPath, discard, commit: () => renameTo(temporaryPath, path, options.durable === true) };
}

/** A name beside `path` that nobody else uses. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}.${randomBytes(6).toString('hex')}${temporarySuffix}`;
}

/** Removes what crashed writers left in a directory: temporary files that nobody wrote to for an hour by the system's clock. */
export async function removeStaleTemporaries(directory: string): Promise<void> {
  for (const name of await listDirectory(directory)) {
    if (!/\.\d+\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
    const path = join(directory, name);
    const found = await statPath(path);
    if (found !== undefined && Date.now() - found.modifiedAt.getTime() > staleAfter) await rm(path, { force: true });
  }
}

async function renameTo(temporary: string, path: string, durable: boolean): Promise<void> {
  try {
    await rename(temporary, path);
    if (durable) await syncDirectory(dirname(path));
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}

/** A new name survives a power cut only once its directory is on the disk. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/**
 * Writes what a user asked to have in a place of theirs: as `writeAtomic`, through a link, with the rights of the file
 * that was there or `newMode`; into a pipe or device as it is. @throws DISK_UNWRITABLE
 */
export async function writeOutput(
  path: string,
  content: string | AsyncIterable<Uint8Array>,
  newMode = 0o644,
): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return writeAtomic(path, content, { mode: newMode });
  if (found.isFile()) return writeAtomic(await realpath(path), content, { mode: found.mode & 0o777 });
  try {
    const file = await open(path, 'w');
    const written = typeof content === 'string' ? file.writeFile(content) : writeChunks(file, content);
    await written.finally(() => file.close());
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fromSystem(error, path, 'write');
  }
}

async function writeFile(
  path: string,
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: WriteOptions,
): Promise<void> {
  const file = await open(path, 'wx', options.mode ?? 0o600);
  try {
    if (typeof content === 'string' || content instanceof Uint8Array) await file.writeFile(content);
    else await writeChunks(file, content);
    if (options.durable) await file.sync();
  } finally {
    await file.close();
  }
}

/** Adds to the end of a file, which is created when it is not there. @throws DISK_UNWRITABLE */
export async function appendStream(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: privateDirectory });
    const file = await open(path, 'a', 0o600);
    try {
      await writeChunks(file, content);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fromSystem(error, path, 'write');
  }
}

/** Gathers small pieces, as each write is a journey to a thread and back; one buffer is filled while the other is written. */
async function writeChunks(file: FileHandle, content: AsyncIterable<Uint8Array>): Promise<void> {
  let [filling, spare] = [Buffer.allocUnsafeSlow(gatherSize), Buffer.allocUnsafeSlow(gatherSize)];
  let length = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await writing;
    writing = file.writeFile(filling.subarray(0, length));
    // Whoever flushes next, or the end, is told of a failure.
    writing.catch(() => undefined);
    [filling, spare] = [spare, filling];
    length = 0;
  };
  try {
    for await (const chunk of content) {
      for (let offset = 0; offset < chunk.length; ) {
        const part = chunk.subarray(offset, offset + gatherSize - length);
        filling.set(part, length);
        length += part.length;
        offset += part.length;
        if (length === gatherSize) await flush();
      }
    }
    if (length > 0) await flush();
  } finally {
    await writing;
  }
}

/** Removes a file or a whole directory; nothing happens when it is not there. @throws DISK_UNWRITABLE */
export async function removePath(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    throw fromSystem(error, path, 'write');
  }
}
