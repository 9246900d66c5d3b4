import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { codecError } from '../errors.ts';
import { chunkSize, through } from './through.ts';
import { cutFrames, isZstdMagic } from './zstd-frames.ts';

export interface CompressionLimits {
  /** Unpacked bytes at most. */
  readonly maxBytes: number;
  /** Unpacked bytes per packed byte at most, judged once `ratioFloor` bytes came out. */
  readonly maxRatio: number;
  readonly ratioFloor: number;
}

/** Deflate cannot exceed 1032:1 (RFC 1951), so only crafted zstd data meets the ratio. */
export const defaultCompressionLimits: CompressionLimits = {
  maxBytes: 256 * 2 ** 30,
  maxRatio: 1100,
  ratioFloor: 256 * 2 ** 20,
};

/**
 * Unpacks gzip (all members) and zstd (all frames), told apart by their first bytes; anything else passes as it is.
 * A chunk is valid until the next one is asked for.
 * @throws CODEC_COMPRESSION_INVALID, CODEC_LIMIT
 */
export async function* decompress(
  packed: AsyncIterable<Buffer>,
  limits: CompressionLimits = defaultCompressionLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const counts = { packed: 0, unpacked: 0 };
  const source = countBytes(packed, counts);
  try {
    const { head, rest } = await peek(source);
    const transform = transformFor(head);
    const input = transform?.format === 'zstd' ? cutFrames(rest) : rest;
    const unpacked = transform === undefined ? input : through(input, transform);
    for await (const chunk of unpacked) {
      counts.unpacked += chunk.length;
      assertLimits(counts, limits);
      yield chunk;
    }
  } finally {
    // Whoever stops at the first bytes has not begun with the rest, which would stay open.
    await source.return();
  }
}

function transformFor(head: Buffer): { format: string; stream: Transform } | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return { format: 'gzip', stream: createGunzip({ chunkSize }) };
  const isZstd = head.length >= 4 && isZstdMagic(head.readUInt32LE(0));
  return isZstd ? { format: 'zstd', stream: createZstdDecompress({ chunkSize }) } : undefined;
}

async function* countBytes(
  source: AsyncIterable<Buffer>,
  counts: { packed: number },
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of source) {
    counts.packed += chunk.length;
    yield chunk;
  }
}

/** The first bytes of a stream, at least four where it has them, and the stream with them put back. */
async function peek(source: AsyncGenerator<Buffer>): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const next = await source.next();
    if (next.done) break;
    // A copy, as a chunk may be valid only until the next one is asked for.
    head = Buffer.concat([head, next.value]);
  }
  return { head, rest: prepend(head, source) };
}

async function* prepend(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  if (head.length > 0) yield head;
  yield* rest;
}

function assertLimits(counts: { packed: number; unpacked: number }, limits: CompressionLimits): void {
  if (counts.unpacked > limits.maxBytes) throw over(`${limits.maxBytes} bytes unpacked`);
  if (counts.unpacked > limits.ratioFloor && counts.unpacked > counts.packed * limits.maxRatio) {
    throw over(`${limits.maxRatio} bytes unpacked for each packed one`);
  }
}

function over(limit: string): Error {
  return codecError('CODEC_LIMIT', { data: { format: 'compressed', limit } });
}
