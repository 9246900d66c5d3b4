import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromSystem } from './errors.ts';

/** Owner only: what we cache or report may tell of private images. */
const privateDirectory = 0o700;

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
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: privateDirectory });
    await writeFile(temporary, content, options);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : fromSystem(error, path, 'write');
  }
}

/**
 * Writes what a user asked to have in a place of theirs: as `writeAtomic`, through a link, with the rights of the file
 * that was there; into a pipe or device as it is. @throws DISK_UNWRITABLE
 */
export async function writeOutput(path: string, content: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return writeAtomic(path, content, { mode: 0o644 });
  if (found.isFile()) return writeAtomic(await realpath(path), content, { mode: found.mode & 0o777 });
  try {
    const file = await open(path, 'w');
    await file.writeFile(content).finally(() => file.close());
  } catch (error) {
    throw fromSystem(error, path, 'write');
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
    else for await (const chunk of content) await file.writeFile(chunk);
    if (options.durable) await file.sync();
  } finally {
    await file.close();
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
