import { crc32 } from 'node:zlib';
import { assertInside, type ByteSource } from '../../core/index.ts';
import { advisoryError } from '../errors.ts';
import { type BlockSums, blockSize } from './file.ts';

const samples = 16;

/**
 * A source that compares every block with its sum the first time it is read, so that damage is an error and never
 * an answer. `path` is for messages. @throws ADVISORIES_DAMAGED from `read`
 */
export function checkedSource(source: ByteSource, { sums }: BlockSums, path: string): ByteSource {
  const checked = new Uint8Array(sums.length);
  return {
    size: source.size,
    read(offset, length) {
      assertInside(source.size, offset, length);
      if (length === 0) return source.read(offset, length);
      const first = Math.floor(offset / blockSize);
      const start = first * blockSize;
      const end = Math.min(Math.ceil((offset + length) / blockSize) * blockSize, source.size);
      const bytes = source.read(start, end - start);
      for (let at = 0, block = first; at < bytes.length; at += blockSize, block++) {
        if (checked[block] === 1) continue;
        assertBlock(bytes.subarray(at, at + blockSize), sums[block], start + at, path);
        checked[block] = 1;
      }
      return bytes.subarray(offset - start, offset - start + length);
    },
  };
}

/**
 * True when the sums were taken of this very file. Another program may have put another database in its place: that
 * one has another size, or differs nearly everywhere. Damage differs somewhere, and must not make the sums look old.
 */
export function belongsTo({ size, sums }: BlockSums, source: ByteSource): boolean {
  if (size !== source.size) return false;
  const step = Math.max(1, Math.floor(sums.length / samples));
  let looked = 0;
  let same = 0;
  for (let block = 0; block < sums.length; block += step) {
    const start = block * blockSize;
    looked++;
    if (crc32(source.read(start, Math.min(blockSize, size - start))) === sums[block]) same++;
  }
  return same * 2 > looked || looked === 0;
}

function assertBlock(bytes: Uint8Array, sum: number | undefined, from: number, path: string): void {
  if (crc32(bytes) === sum) return;
  throw advisoryError('ADVISORIES_DAMAGED', { data: { path, from, to: from + bytes.length - 1 } });
}
