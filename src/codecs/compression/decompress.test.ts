import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inPieces, readAll } from '../../../testkit/context.ts';
import { isAppError } from '../../core/index.ts';
import { type CompressionLimits, decompress } from './index.ts';

const text = Buffer.from('A layer, a layer, my kingdom for a layer. '.repeat(200));

function unpack(bytes: Buffer, piece = 1000, limits?: CompressionLimits): Promise<Buffer> {
  return readAll(decompress(inPieces(bytes, piece), limits));
}

/** RFC 8878 3.1.2. */
function skippableFrame(content: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a53, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
}

const half = text.length / 2;
const first = text.subarray(0, half);
const second = text.subarray(half);

test.each<[string, Buffer]>([
  ['plain bytes', text],
  ['gzip', gzipSync(text)],
  ['gzip of several members', Buffer.concat([gzipSync(first), gzipSync(second)])],
  ['gzip with an empty member between', Buffer.concat([gzipSync(first), gzipSync(''), gzipSync(second)])],
  ['zstd', zstdCompressSync(text)],
  ['zstd of several frames', Buffer.concat([zstdCompressSync(first), zstdCompressSync(second)])],
  ['zstd with a skippable frame first', Buffer.concat([skippableFrame('table'), zstdCompressSync(text)])],
  [
    'zstd with a skippable frame between',
    Buffer.concat([zstdCompressSync(first), skippableFrame('x'), zstdCompressSync(second)]),
  ],
  ['zstd with a skippable frame last', Buffer.concat([zstdCompressSync(text), skippableFrame('table')])],
])('unpacks %s, in pieces of any size', async (_, bytes) => {
  for (const piece of [1, 3, 64, 1000, bytes.length]) expect((await unpack(bytes, piece)).equals(text)).toBe(true);
});

test.each([0, 1, 2, 3])('passes a stream of %i bytes on', async (length) => {
  expect(await unpack(Buffer.alloc(length, 7), 1)).toHaveLength(length);
});

test.each<[string, Buffer]>([
  ['gzip', gzipSync(text)],
  ['zstd', zstdCompressSync(text)],
])('%s cut off at any byte is an error', async (_, packed) => {
  for (let length = 4; length < packed.length; length++) {
    await expect(unpack(packed.subarray(0, length))).rejects.toThrowCode('CODEC_COMPRESSION_INVALID');
  }
});

test.each<[string, Buffer]>([
  ['gzip', gzipSync(text)],
  ['zstd', zstdCompressSync(text, { params: { 201: 1 } })],
])('%s with a flipped bit is an error or the same bytes', async (_, packed) => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 32, max: packed.length * 8 - 1 }), async (bit) => {
      const bytes = Buffer.from(packed);
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
      const unpacked = await unpack(bytes).catch((error: unknown) => {
        if (!isAppError(error)) throw error;
      });
      if (unpacked !== undefined) expect(unpacked.equals(text)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

const small: CompressionLimits = { maxBytes: 100_000, maxRatio: 50, ratioFloor: 50_000 };

test('bombs are stopped by size and by ratio', async () => {
  const bomb = Buffer.alloc(10_000_000);
  for (const packed of [gzipSync(bomb), zstdCompressSync(bomb)]) {
    await expect(unpack(packed, 65_536, small)).rejects.toThrowCode('CODEC_LIMIT');
    await expect(unpack(packed, 65_536, { ...small, maxBytes: 2 ** 40 })).rejects.toThrowCode('CODEC_LIMIT');
  }
  await expect(unpack(Buffer.alloc(200_000), 65_536, small)).rejects.toThrowCode('CODEC_LIMIT');
});

test('an error of the source comes through as it is', async () => {
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield gzipSync(text).subarray(0, 20);
    throw new RangeError('the source broke');
  };
  await expect(readAll(decompress(broken()))).rejects.toThrow('the source broke');
});

test('a reader that stops early ends the source', async () => {
  let ended = false;
  const source = async function* (): AsyncGenerator<Buffer> {
    try {
      for (;;) yield gzipSync(text);
    } finally {
      ended = true;
    }
  };
  for await (const _ of decompress(source())) break;
  expect(ended).toBe(true);
});

test.each<[string, Buffer]>([
  ['plain', Buffer.alloc(64)],
  ['packed', gzipSync(Buffer.alloc(64))],
])('a %s stream whose reader stops is closed at its source', async (_, bytes) => {
  let isClosed = false;
  const source = (async function* (): AsyncGenerator<Buffer> {
    try {
      yield bytes;
      yield bytes;
    } finally {
      isClosed = true;
    }
  })();
  for await (const chunk of decompress(source)) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(isClosed).toBe(true);
});
