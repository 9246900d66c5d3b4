import type { ByteSource } from '../core/index.ts';
import { kitError } from './errors.ts';

const mebibyte = 2 ** 20;
const chunkSize = 256 * 1024;
/** Far above any real file of lines; what is longer was made to keep the reader busy. */
const maxLinesSize = 128 * mebibyte;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The whole source as UTF-8 text; bytes that are none become U+FFFD. @throws KIT_TEXT_TOO_LONG above `limit` bytes */
export function readText(source: ByteSource, limit: number = 16 * mebibyte): string {
  if (source.size > limit) throw kitError('KIT_TEXT_TOO_LONG', { data: { size: source.size, limit } });
  return toBuffer(source.read(0, source.size)).toString('utf8');
}

/**
 * The lines of a text of up to 128 MiB as bytes without their line ends, read a piece at a time. A line may share
 * memory with the source: decode what is to be kept. @throws KIT_TEXT_TOO_LONG, KIT_LINE_TOO_LONG above `limit` bytes
 */
export function* readLines(source: ByteSource, limit: number = mebibyte): Generator<Buffer, void, undefined> {
  if (source.size > maxLinesSize) {
    throw kitError('KIT_TEXT_TOO_LONG', { data: { size: source.size, limit: maxLinesSize } });
  }
  let rest: Buffer = Buffer.alloc(0);
  for (let offset = 0; offset < source.size; offset += chunkSize) {
    const piece = toBuffer(source.read(offset, Math.min(chunkSize, source.size - offset)));
    let start = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, start)) {
      const line = piece.subarray(start, end);
      yield withoutReturn(rest.length === 0 ? line : Buffer.concat([rest, line]));
      rest = Buffer.alloc(0);
      start = end + 1;
    }
    if (start < piece.length) rest = Buffer.concat([rest, piece.subarray(start)]);
    if (rest.length > limit) throw kitError('KIT_LINE_TOO_LONG', { data: { offset: offset + start, limit } });
  }
  if (rest.length > 0) yield withoutReturn(rest);
}

/** The same bytes as a Buffer, without a copy. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}
