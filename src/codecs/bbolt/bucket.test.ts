import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BoltTree, buildBolt } from '../../../testkit/bbolt.ts';
import { type ByteSource, isAppError } from '../../core/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { type BoltBucket, openBolt } from './index.ts';

function many(count: number, value = 'value'): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, `${value}-${index}`]));
}

/** Everything in a bucket, nested buckets as objects. */
function readTree(bucket: BoltBucket): BoltTree {
  return Object.fromEntries(
    [...bucket.entries()].map(({ key, value }) => {
      const nested = value === undefined ? bucket.bucket(key) : undefined;
      return [key, nested === undefined ? (value?.toString() ?? '') : readTree(nested)];
    }),
  );
}

const tree: BoltTree = {
  'alpine 3.18': { openssl: { 'CVE-1': '{"FixedVersion":"1"}' }, zlib: { 'CVE-2': '{}' } },
  'alpine 3.19': { openssl: many(500, 'x'.repeat(40)) },
  empty: {},
  long: { text: 'y'.repeat(20_000) },
  top: 'level',
};

test.each([
  { pageSize: 4096 },
  { pageSize: 4096, fanOut: 4 },
  { pageSize: 16_384, fanOut: 3, inlineBelow: 0 },
  { pageSize: 1024, fanOut: 8 },
])('reads back what was written with %o', (options) => {
  const root = openBolt(memorySource(buildBolt(tree, options)));
  expect(readTree(root)).toEqual(tree);
  expect(root.get('top')?.toString()).toBe('level');
  expect(root.bucket('alpine 3.19')?.bucket('openssl')?.get('key-77')?.toString()).toBe(`${'x'.repeat(40)}-77`);
});

test('absent keys, keys of the other kind and prefixes', () => {
  const root = openBolt(memorySource(buildBolt(tree, { fanOut: 4 })));
  expect(root.get('absent')).toBeUndefined();
  expect(root.bucket('absent')).toBeUndefined();
  expect(root.get('empty')).toBeUndefined();
  expect(root.bucket('top')).toBeUndefined();
  expect([...root.entries('alpine')].map(({ key }) => key)).toEqual(['alpine 3.18', 'alpine 3.19']);
  expect([...root.entries('b')]).toEqual([]);
  expect([...root.entries('zzz')]).toEqual([]);
  const names = [...(root.bucket('alpine 3.19')?.bucket('openssl')?.entries('key-1') ?? [])];
  expect(names).toHaveLength(111);
});

test('any tree is read as it was written', () => {
  const leaf = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ maxLength: 300 }), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), leaf, { noNullPrototype: true }),
      fc.integer({ min: 2, max: 10 }),
      (written, fanOut) => {
        const root = openBolt(memorySource(buildBolt(written, { fanOut, inlineBelow: 200, pageSize: 1024 })));
        expect(readTree(root)).toEqual(written);
      },
    ),
    { numRuns: 100 },
  );
});

const bytes = buildBolt(tree, { fanOut: 4 });

test('the other meta page is used when one is damaged', () => {
  for (const damaged of [30, 4096 + 30]) {
    const copy = Buffer.from(bytes);
    copy[damaged] = 0xff;
    expect(readTree(openBolt(memorySource(copy)))).toEqual(tree);
  }
});

test.each<[string, (copy: Buffer) => Buffer]>([
  ['an empty file', () => Buffer.alloc(0)],
  ['text', () => Buffer.from('not a database '.repeat(1000))],
  ['two damaged meta pages', (copy) => copy.fill(0, 16, 80).fill(0, 4112, 4176)],
])('refuses %s', (_, damage) => {
  expect(() => openBolt(memorySource(damage(Buffer.from(bytes))))).toThrowCode('CODEC_BOLT_INVALID');
});

/** Reads everything; only coded errors may come out. */
function readsOrFails(source: ByteSource): void {
  try {
    readTree(openBolt(source));
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

test('a file cut off anywhere gives coded errors', () => {
  for (let length = 0; length < bytes.length; length += 509) readsOrFails(memorySource(bytes.subarray(0, length)));
  expect(() => readTree(openBolt(memorySource(bytes.subarray(0, bytes.length - 4096))))).toThrow();
});

test('damaged bytes give coded errors, other values, or nothing worse', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (changes) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) copy[at] = value;
        readsOrFails(memorySource(copy));
      },
    ),
    { numRuns: 1500 },
  );
});

/** Offset of the first branch page, and the number of its elements. */
function firstBranch(file: Buffer): number {
  for (let at = 4 * 4096; at < file.length; at += 4096) if (file.readUInt16LE(at + 8) === 1) return at;
  throw new RangeError('the file has no branch page');
}

test('a branch that leads back to itself is an error', () => {
  const copy = Buffer.from(buildBolt(many(100), { fanOut: 4 }));
  const branch = firstBranch(copy);
  for (let index = 0; index < copy.readUInt16LE(branch + 10); index++) {
    copy.writeBigUInt64LE(copy.readBigUInt64LE(branch), branch + 16 + index * 16 + 8);
  }
  expect(() => readTree(openBolt(memorySource(copy)))).toThrowCode('CODEC_BOLT_INVALID');
});

test('a page that several branches share is an error, not an endless walk', () => {
  const copy = Buffer.from(buildBolt(many(100), { fanOut: 4 }));
  const branch = firstBranch(copy);
  const last = copy.readUInt16LE(branch + 10) - 1;
  const child = copy.readBigUInt64LE(branch + 16 + last * 16 + 8);
  for (let index = 0; index < last; index++) copy.writeBigUInt64LE(child, branch + 16 + index * 16 + 8);
  expect(() => readTree(openBolt(memorySource(copy)))).toThrowCode('CODEC_BOLT_INVALID');
});

test('a page that claims to go on for ever is an error', () => {
  const copy = Buffer.concat([buildBolt(many(100), { fanOut: 4 }), Buffer.alloc(80 * 2 ** 20)]);
  copy.writeUInt32LE(17_000, firstBranch(copy) + 12);
  expect(() => readTree(openBolt(memorySource(copy)))).toThrowCode('CODEC_BOLT_INVALID');
});

test('a hostile page size is an error', () => {
  const copy = Buffer.from(bytes);
  for (const at of [16, 4112]) {
    copy.writeUInt32LE(3, at + 8);
    let hash = 0xcbf29ce484222325n;
    for (const byte of copy.subarray(at, at + 56)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    copy.writeBigUInt64LE(hash, at + 56);
  }
  expect(() => openBolt(memorySource(copy))).toThrowCode('CODEC_BOLT_INVALID');
});
