import { expect, test } from 'vitest';
import { damagedFiles, toleratingCoded } from '../../../testkit/damage.ts';
import { buildRpmNdb } from '../../../testkit/rpm-databases.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { isNdb, readNdb } from './index.ts';

const read = (bytes: Uint8Array) => [...readNdb(memorySource(bytes))].map(String);
const sound = buildRpmNdb([Buffer.from('first package'), 'hole', Buffer.from('x'.repeat(5000))]);

test('the packages of all slots in use', () => {
  expect(isNdb(sound)).toBe(true);
  expect(read(sound)).toEqual(['first package', 'x'.repeat(5000)]);
  expect(read(buildRpmNdb([]))).toEqual([]);
});

function patched(offset: number, value: number): Buffer {
  const bytes = Buffer.from(sound);
  bytes.writeUInt32LE(value, offset);
  return bytes;
}

const firstSlot = 32;
const firstBlob = 4096;

test.each([
  ['a header cut short', sound.subarray(0, 20), 'CODEC_TRUNCATED'],
  ['another version', patched(4, 1), 'CODEC_NDB_INVALID'],
  ['no slots', patched(12, 0), 'CODEC_NDB_INVALID'],
  ['more slots than bytes', patched(12, 0xffffffff), 'CODEC_TRUNCATED'],
  ['a slot without its mark', patched(firstSlot, 0), 'CODEC_NDB_INVALID'],
  ['a package among the slots', patched(firstSlot + 8, 0), 'CODEC_NDB_INVALID'],
  ['a package beyond the end', patched(firstSlot + 8, 0xffffff), 'CODEC_TRUNCATED'],
  ['a package larger than the file', patched(firstSlot + 12, 0xffffff), 'CODEC_NDB_INVALID'],
  ['a package without room', patched(firstSlot + 12, 1), 'CODEC_NDB_INVALID'],
  ['a package of another slot', patched(firstBlob + 4, 9), 'CODEC_NDB_INVALID'],
  ['a package larger than its room', patched(firstBlob + 12, 1000), 'CODEC_NDB_INVALID'],
  ['a package over the limit', patched(firstBlob + 12, 2 ** 31), 'CODEC_LIMIT'],
])('%s is a coded error', (_, bytes, code) => {
  expect(() => read(bytes)).toThrowCode(code);
});

test('slots that share one package are an error, however many do', () => {
  const bytes = Buffer.from(sound);
  for (let slot = firstSlot + 16; slot < 4096; slot += 16) bytes.copy(bytes, slot, firstSlot, firstSlot + 16);
  bytes.writeUInt32LE(300, firstSlot + 12);
  bytes.writeUInt32LE(300, firstSlot + 28);
  expect(() => read(bytes)).toThrowCode('CODEC_NDB_INVALID');
});

test('damage anywhere gives packages or coded errors', () => {
  for (const { bytes } of damagedFiles(sound, 100)) toleratingCoded(() => read(bytes));
});
