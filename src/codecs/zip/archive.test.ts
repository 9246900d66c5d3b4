import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import { makeZip, type ZipInput, type ZipOptions } from '../../../testkit/zip.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { openZip, type ZipLimits } from './index.ts';

const hello: ZipInput = { name: 'a/hello.txt', content: 'hello '.repeat(50) };
const limit = 1 << 20;

function readAll(bytes: Uint8Array, limits?: ZipLimits): Record<string, string> {
  const zip = openZip(memorySource(bytes), limits && { limits });
  return Object.fromEntries(zip.entries.map((entry) => [entry.name, zip.read(entry, limit).toString()]));
}

test.each<[string, readonly ZipInput[], ZipOptions]>([
  ['deflated', [hello], {}],
  ['stored', [{ ...hello, stored: true }], {}],
  ['with a comment', [hello], { comment: 'signed PK by nobody' }],
  ['with wide fields', [{ ...hello, wide: true }], {}],
  ['zip64', [{ ...hello, wide: true }], { zip64: true }],
])('an archive %s is read', (_, inputs, options) => {
  expect(readAll(makeZip(inputs, options))).toEqual({ 'a/hello.txt': hello.content });
});

test('an archive after other data is read, plain and zip64', () => {
  const script = Buffer.from('#!/bin/sh\nexec java -jar "$0"\n');
  expect(readAll(Buffer.concat([script, makeZip([hello])]))).toEqual({ 'a/hello.txt': hello.content });
  expect(readAll(Buffer.concat([script, makeZip([hello], { zip64: true })]))).toEqual({ 'a/hello.txt': hello.content });
});

test('an archive of nothing has no entries', () => {
  expect(openZip(memorySource(makeZip([]))).entries).toEqual([]);
});

test('a stored entry is handed over as a source, a packed one is not', () => {
  const zip = openZip(
    memorySource(
      makeZip([
        { ...hello, stored: true },
        { name: 'b', content: 'b' },
      ]),
    ),
  );
  const [stored, packed] = zip.entries;
  expect(stored && zip.stored(stored)?.size).toBe(300);
  expect(packed && zip.stored(packed)).toBeUndefined();
});

test('only wanted entries are listed', () => {
  const zip = openZip(memorySource(makeZip([hello, { name: 'b', content: 'b' }])), { wanted: (name) => name === 'b' });
  expect(zip.entries.map(({ name }) => name)).toEqual(['b']);
});

test('more entries than 65,535 are read although the count runs over', () => {
  const many = Array.from({ length: 65_600 }, (_, index) => ({ name: `f${index}`, stored: true }));
  expect(openZip(memorySource(makeZip(many, { count: 64 }))).entries).toHaveLength(65_600);
});

test.each<[string, Uint8Array, string]>([
  ['nothing', Buffer.alloc(0), 'CODEC_ZIP_ABSENT'],
  ['text', Buffer.from('not an archive, only its name says so'), 'CODEC_ZIP_ABSENT'],
  ['a truncated archive', makeZip([hello]).subarray(0, 100), 'CODEC_ZIP_INVALID'],
  ['a missing entry', makeZip([hello], { count: 2 }), 'CODEC_ZIP_INVALID'],
  ['a size one too small', makeZip([{ ...hello, size: 299 }]), 'CODEC_ZIP_INVALID'],
  ['a size far too small', makeZip([{ ...hello, size: 9 }]), 'CODEC_COMPRESSION_INVALID'],
  ['a size too large', makeZip([{ ...hello, size: 301 }]), 'CODEC_ZIP_INVALID'],
  ['another checksum', makeZip([{ ...hello, crc32: 1 }]), 'CODEC_ZIP_INVALID'],
  ['packed rubbish', makeZip([{ ...hello, packed: Buffer.alloc(20, 0xff) }]), 'CODEC_COMPRESSION_INVALID'],
  ['an encrypted entry', makeZip([{ ...hello, flags: 1 }]), 'CODEC_ZIP_ENCRYPTED'],
  ['an unknown method', makeZip([{ ...hello, method: 12 }]), 'CODEC_ZIP_METHOD'],
  ['an entry over the limit', makeZip([{ ...hello, size: limit + 1 }]), 'CODEC_LIMIT'],
  ['an offset past the end', makeZip([{ ...hello, offset: 1 << 30 }]), 'CORE_READ_PAST_END'],
  ['an offset elsewhere', makeZip([{ ...hello, offset: 7 }]), 'CODEC_ZIP_INVALID'],
  ['a zip64 record elsewhere', withoutZip64Record(makeZip([hello], { zip64: true })), 'CODEC_ZIP_INVALID'],
])('%s is refused with a code', (_, bytes, code) => {
  expect(() => readAll(bytes)).toThrowCode(code);
});

async function streamAll(bytes: Uint8Array): Promise<string> {
  const zip = openZip(memorySource(bytes));
  const parts: Buffer[] = [];
  for (const entry of zip.entries) for await (const part of zip.stream(entry)) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('a large entry is streamed in parts', async () => {
  const content = Array.from({ length: 200_000 }, (_, index) => `line ${index}\n`).join('');
  expect(await streamAll(makeZip([{ name: 'large', content }]))).toBe(content);
  expect(await streamAll(makeZip([{ name: 'large', content, stored: true }]))).toBe(content);
});

test.each<[string, ZipInput, string]>([
  ['a smaller size', { ...hello, size: 9 }, 'CODEC_ZIP_INVALID'],
  ['a larger size', { ...hello, size: 301 }, 'CODEC_ZIP_INVALID'],
  ['another checksum', { ...hello, crc32: 1 }, 'CODEC_ZIP_INVALID'],
  ['packed rubbish', { ...hello, packed: Buffer.alloc(20, 0xff) }, 'CODEC_COMPRESSION_INVALID'],
  [
    'a cut stream',
    { ...hello, packed: deflateRawSync(Buffer.alloc(300, 1)).subarray(0, 3) },
    'CODEC_COMPRESSION_INVALID',
  ],
])('a streamed entry with %s is refused with a code', async (_, input, code) => {
  await expect(streamAll(makeZip([input]))).rejects.toThrowCode(code);
});

test('a stored entry with two sizes is refused', () => {
  const zip = openZip(memorySource(makeZip([{ name: 'a', content: 'abc', stored: true, size: 9 }])));
  expect(() => zip.entries.map((entry) => zip.stored(entry))).toThrowCode('CODEC_ZIP_INVALID');
});

test('entries that share their bytes are refused, as they would multiply what little there is', () => {
  const kernel: ZipInput = { name: 'kernel', content: 'x'.repeat(2000), stored: true };
  const quoted = Array.from({ length: 50 }, (_, index) => ({ ...kernel, name: `q${index}`, packed: Buffer.alloc(0) }));
  const bytes = makeZip([kernel, ...quoted.map((input) => ({ ...input, offset: 0 }))]);
  // The directory of the builder states the packed size of each; let all claim the kernel's.
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1)) {
    bytes.writeUInt32LE(2000, at + 20);
  }
  expect(() => readAll(bytes)).toThrowCode('CODEC_ZIP_INVALID');
});

test('limits on entries and directory hold', () => {
  const bytes = makeZip([hello, { name: 'b' }]);
  expect(() => readAll(bytes, { maxEntries: 1, maxDirectory: 1000 })).toThrowCode('CODEC_LIMIT');
  expect(() => readAll(bytes, { maxEntries: 10, maxDirectory: 50 })).toThrowCode('CODEC_LIMIT');
});

test('a flipped or missing byte never escapes as anything but a coded error', () => {
  const whole = makeZip([hello, { name: 'b', content: 'b', stored: true, wide: true }], { zip64: true });
  for (const bytes of damagedCopies(whole)) toleratingCoded(() => readAll(bytes));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => toleratingCoded(() => readAll(bytes))));
});

function withoutZip64Record(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(0, bytes.indexOf('PK\u0006\u0006'));
  return bytes;
}
