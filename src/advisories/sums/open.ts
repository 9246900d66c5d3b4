import { join } from 'node:path';
import type { ByteSource } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { belongsTo, checkedSource } from './checked-source.ts';
import { parseSums } from './file.ts';

/** One sum stands for 4 KiB, so that this is enough for a database of 256 GiB. */
const maxSumsSize = 256 * 2 ** 20;

/** Where the sums of a database lie. */
export function sumsPath(cacheDir: string, name: string): string {
  return join(cacheDir, 'plimsoll', 'db', `${name}.sums`);
}

/** The source with its blocks checked, where sums of this file are at hand; else the source as it is. */
export async function withSums(
  source: ByteSource,
  database: { readonly cacheDir: string; readonly name: string; readonly path: string },
): Promise<ByteSource> {
  const bytes = await readWhole(sumsPath(database.cacheDir, database.name), maxSumsSize).catch(() => undefined);
  const sums = bytes === undefined ? undefined : parseSums(bytes);
  return sums !== undefined && belongsTo(sums, source) ? checkedSource(source, sums, database.path) : source;
}
