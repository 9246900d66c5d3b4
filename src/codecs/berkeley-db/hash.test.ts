import { expect, test } from 'vitest';
import { damagedFiles, toleratingCoded } from '../../../testkit/damage.ts';
import { buildBerkeleyHash } from '../../../testkit/rpm-databases.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { isBerkeleyHash, readBerkeleyHash } from './index.ts';

const read = (bytes: Uint8Array) =>
  [...readBerkeleyHash(memorySource(bytes))].map(({ key, value }) => [String(key), String(value)]);

const entries = [
  ['a', 'short'],
  ['b', 'long '.repeat(3000)],
  ['c', ''],
  ['d', 'x'.repeat(4096 - 26)],
] as const;
const build = (order: 'little' | 'big') =>
  buildBerkeleyHash(
    entries.map(([key, value]) => [Buffer.from(key), Buffer.from(value)]),
    { order },
  );

test.each(['little', 'big'] as const)('entries in place and on pages of their own, %s-endian', (order) => {
  expect(isBerkeleyHash(build(order))).toBe(true);
  expect(read(build(order))).toEqual(entries);
});

test('pages of other kinds are passed over', () => {
  const bytes = Buffer.concat([build('little'), Buffer.alloc(4096)]);
  bytes.writeUInt32LE(bytes.length / 4096 - 1, 32);
  expect(read(bytes)).toEqual(entries);
});

test.each([[Buffer.alloc(0)], [Buffer.alloc(4096)]])('other files are not taken for one', (bytes) => {
  expect(isBerkeleyHash(bytes)).toBe(false);
});

const sound = build('little');
const bucket = 4096;
const overflow = 8192;

function patched(offset: number, ...values: readonly number[]): Buffer {
  const bytes = Buffer.from(sound);
  bytes.set(values, offset);
  return bytes;
}

/** Where the item that leads to the pages of entry `b` begins. */
const offPageItem = bucket + sound.readUInt16LE(bucket + 26 + 3 * 2);

test.each([
  ['a header cut short', sound.subarray(0, 40), 'CODEC_TRUNCATED'],
  ['fewer pages than announced', sound.subarray(0, 8192), 'CODEC_TRUNCATED'],
  ['another kind of database', patched(12, 0x62, 0x31, 0x05, 0), 'CODEC_BERKELEY_INVALID'],
  ['a page size that is no power of two', patched(20, 1, 16), 'CODEC_BERKELEY_INVALID'],
  ['a first page of another kind', patched(25, 9), 'CODEC_BERKELEY_INVALID'],
  ['encryption', patched(24, 1), 'CODEC_BERKELEY_INVALID'],
  ['checksums', patched(26, 1), 'CODEC_BERKELEY_INVALID'],
  ['more items than room', patched(bucket + 20, 0xff, 0xff), 'CODEC_BERKELEY_INVALID'],
  ['an item in the table', patched(bucket + 26, 1, 0), 'CODEC_BERKELEY_INVALID'],
  ['items that overlap', patched(bucket + 28, 0xff, 0x0f), 'CODEC_BERKELEY_INVALID'],
  ['an item of an unknown kind', patched(offPageItem, 9), 'CODEC_BERKELEY_INVALID'],
  ['a value beyond the last page', patched(offPageItem + 4, 0xff), 'CODEC_BERKELEY_INVALID'],
  ['a value over the limit', patched(offPageItem + 8, 0, 0, 0, 0x7f), 'CODEC_LIMIT'],
  ['a chain into another kind of page', patched(overflow + 16, 1), 'CODEC_BERKELEY_INVALID'],
  ['a chain that returns', patched(overflow + 16, 2), 'CODEC_BERKELEY_INVALID'],
  ['a page without content', patched(overflow + 22, 0, 0), 'CODEC_BERKELEY_INVALID'],
  ['a page with more content than room', patched(overflow + 22, 0xff, 0xff), 'CODEC_BERKELEY_INVALID'],
])('%s is a coded error', (_, bytes, code) => {
  expect(() => read(bytes)).toThrowCode(code);
});

test('damage anywhere gives entries or coded errors', () => {
  for (const { bytes } of damagedFiles(sound, 100)) toleratingCoded(() => read(bytes));
});
