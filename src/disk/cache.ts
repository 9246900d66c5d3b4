import { createHash } from 'node:crypto';
import { readdir, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { readWhole, statPath } from './read.ts';
import { makeDirectory, writeAtomic } from './write.ts';

/** Values by key, in files that several processes may read and write at once without locks. */
export interface FileCache {
  /** The value last stored, or undefined; a damaged entry counts as absent. */
  get(key: string): Promise<Buffer | undefined>;
  put(key: string, value: string | Uint8Array): Promise<void>;
}

export interface FileCacheOptions {
  readonly directory: string;
  /** Bytes kept; what was used longest ago goes first. */
  readonly maxSize: number;
  /** Bytes of the largest entry that is believed. */
  readonly maxEntry: number;
}

const checksumLength = 64;
const newline = 0x0a;
const hour = 3_600_000;
const sweepMarker = 'last-sweep';

/** A cache in which an entry is a SHA-256 in hexadecimal, a newline, and the bytes it was taken of. */
export function makeFileCache(options: FileCacheOptions): FileCache {
  const pathOf = (key: string): string => {
    const name = createHash('sha256').update(key).digest('hex');
    return join(options.directory, name.slice(0, 2), name.slice(2));
  };
  return {
    async get(key) {
      const path = pathOf(key);
      const found = await statPath(path).catch(() => undefined);
      if (found === undefined || found.kind !== 'file') return undefined;
      const entry = await readWhole(path, options.maxEntry).catch(() => undefined);
      if (entry?.[checksumLength] !== newline) return undefined;
      const value = entry.subarray(checksumLength + 1);
      if (entry.toString('latin1', 0, checksumLength) !== checksum(value)) return undefined;
      if (Date.now() - found.modifiedAt.getTime() > hour) await touch(path);
      return value;
    },
    async put(key, value) {
      const head = `${checksum(value)}\n`;
      const entry = typeof value === 'string' ? head + value : Buffer.concat([Buffer.from(head, 'latin1'), value]);
      await writeAtomic(pathOf(key), entry);
      await sweepNowAndThen(options);
    },
  };
}

function checksum(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

/** The modification time is the time of last use; that another process removed the entry meanwhile does no harm. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}

/** Looks through the cache at most once an hour, as that takes a system call for each entry. */
async function sweepNowAndThen(options: FileCacheOptions): Promise<void> {
  const marker = join(options.directory, sweepMarker);
  const last = await statPath(marker);
  if (last !== undefined && Date.now() - last.modifiedAt.getTime() < hour) return;
  await makeDirectory(options.directory);
  await writeAtomic(marker, '');
  await sweep(options);
}

/** Deletes the entries used longest ago until the rest fits. */
export async function sweep(options: FileCacheOptions): Promise<void> {
  const entries = (await listEntries(options.directory)).sort((a, b) => b.usedAt - a.usedAt);
  let kept = 0;
  for (const entry of entries) {
    kept += entry.size;
    if (kept > options.maxSize) await unlink(entry.path).catch(() => undefined);
  }
}

async function listEntries(directory: string): Promise<{ path: string; size: number; usedAt: number }[]> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const entries: { path: string; size: number; usedAt: number }[] = [];
  for (const name of names) {
    if (!name.isFile() || name.name === sweepMarker) continue;
    const path = join(name.parentPath, name.name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) entries.push({ path, size: found.size, usedAt: found.mtimeMs });
  }
  return entries;
}
