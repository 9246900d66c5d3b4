import { join } from 'node:path';
import type { ByteSource } from '../../core/index.ts';
import { openSource, readWhole, statPath, writeAtomic } from '../../disk/index.ts';
import { belongsTo, checkedSource } from './checked-source.ts';
import { type BlockSums, formatSums, parseSums } from './file.ts';

/** Bytes compared at a time. */
const piece = 2 ** 20;
/** One sum stands for 4 KiB, so that this is enough for a database of 256 GiB. */
const maxSumsSize = 256 * 2 ** 20;

/** Where the sums of a database lie. */
export function sumsPath(cacheDir: string, name: string): string {
  return join(cacheDir, 'plimsoll', 'db', `${name}.sums`);
}

export interface SummedDatabase {
  readonly cacheDir: string;
  readonly name: string;
  readonly path: string;
}

/** The source with its blocks checked, where sums of this file are at hand; else the source as it is. */
export async function withSums(source: ByteSource, database: SummedDatabase): Promise<ByteSource> {
  const sums = await readSums(database);
  return sums !== undefined && belongsTo(sums, source) ? checkedSource(source, sums, database.path) : source;
}

/**
 * For databases that something else reads: compares the whole file with its sums, but only when it was written to
 * after they were, or after it was last found whole. @throws ADVISORIES_DAMAGED
 */
export async function assertUndamaged(database: SummedDatabase): Promise<void> {
  const path = sumsPath(database.cacheDir, database.name);
  const [data, taken] = await Promise.all([statPath(database.path), statPath(path)]);
  if (data === undefined || taken === undefined || data.modifiedAt <= taken.modifiedAt) return;
  const sums = await readSums(database);
  if (sums === undefined) return;
  const source = openSource(database.path);
  try {
    if (!belongsTo(sums, source)) return;
    const checked = checkedSource(source, sums, database.path);
    for (let at = 0; at < checked.size; at += piece) checked.read(at, Math.min(piece, checked.size - at));
  } finally {
    source.close();
  }
  await writeAtomic(path, formatSums(sums)).catch(() => undefined);
}

async function readSums({ cacheDir, name }: SummedDatabase): Promise<BlockSums | undefined> {
  const bytes = await readWhole(sumsPath(cacheDir, name), maxSumsSize).catch(() => undefined);
  return bytes === undefined ? undefined : parseSums(bytes);
}
