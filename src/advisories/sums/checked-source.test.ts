import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../../kit/memory-source.ts';
import { belongsTo, checkedSource } from './checked-source.ts';
import { BlockSummer, type BlockSums, formatSums, parseSums } from './file.ts';

function sumsOf(bytes: Buffer, piece = 1000): BlockSums {
  const summer = new BlockSummer();
  for (let at = 0; at < bytes.length; at += piece) summer.push(bytes.subarray(at, at + piece));
  return summer.finish();
}

const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index) % 251));

test('pieces of any size give the same sums, and the file of them is read back', () => {
  const sums = sumsOf(bytes);
  for (const piece of [1, 7, 4095, 4096, 4097, 50_000]) expect(sumsOf(bytes, piece)).toEqual(sums);
  expect(parseSums(formatSums(sums))).toEqual(sums);
  expect(parseSums(formatSums(sumsOf(Buffer.alloc(0))))).toEqual({ size: 0, sums: new Uint32Array() });
});

test('what is read through is what is there', () => {
  const source = checkedSource(memorySource(bytes), sumsOf(bytes), 'test');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 20_000 }), (offset, wanted) => {
      const length = Math.min(wanted, bytes.length - offset);
      expect(bytes.subarray(offset, offset + length).equals(source.read(offset, length))).toBe(true);
    }),
  );
  expect(() => source.read(49_999, 2)).toThrowCode('CORE_READ_PAST_END');
});

test('damage is an error where it is read, and only there', () => {
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8((damaged[20_000] as number) ^ 1, 20_000);
  const source = checkedSource(memorySource(damaged), sumsOf(bytes), 'test');
  expect(source.read(0, 16_384)).toHaveLength(16_384);
  expect(() => source.read(16_384, 1)).toThrowCode('ADVISORIES_DAMAGED');
  expect(() => source.read(0, 50_000)).toThrowCode('ADVISORIES_DAMAGED');
});

test('sums belong to a file of the same size that is mostly the same', () => {
  const sums = sumsOf(bytes);
  expect(belongsTo(sums, memorySource(bytes))).toBe(true);
  expect(belongsTo(sums, memorySource(bytes.subarray(1)))).toBe(false);
  expect(belongsTo(sums, memorySource(Buffer.from(bytes).fill(0, 0, 8192)))).toBe(true);
  expect(belongsTo(sums, memorySource(Buffer.alloc(50_000)))).toBe(false);
  expect(belongsTo(sumsOf(Buffer.alloc(0)), memorySource(Buffer.alloc(0)))).toBe(true);
});
