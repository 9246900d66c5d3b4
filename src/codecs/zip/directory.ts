import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/** Bounds on what an archive may announce. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Bytes of the central directory. */
  readonly maxDirectory: number;
}

/** Above what real archives hold. */
export const defaultZipLimits: ZipLimits = { maxEntries: 1_000_000, maxDirectory: 128 * 2 ** 20 };

/** One file or directory of an archive, as the central directory states it. */
export interface ZipEntry {
  /** As written: not cleaned, possibly absolute or with `..`. */
  readonly name: string;
  /** Size once unpacked. */
  readonly size: number;
  readonly packedSize: number;
  readonly crc32: number;
  /** 0 stored, 8 deflated (APPNOTE.TXT 4.4.5). */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Where its local header starts, from the start of the source. */
  readonly offset: number;
}

/** Where the central directory lies (APPNOTE.TXT 4.3.16, 4.3.14). */
interface DirectoryPlace {
  readonly entries: number;
  readonly size: number;
  /** From the start of the archive, which data may precede. */
  readonly offset: number;
  /** From the start of the source: where the record that told this lies, just after the directory. */
  readonly end: number;
}

const endSignature = 0x06054b50;
const endLength = 22;
const end64Signature = 0x06064b50;
const end64Length = 56;
const locatorSignature = 0x07064b50;
const locatorLength = 20;
const headerSignature = 0x02014b50;
const headerLength = 46;
const localSignature = 0x04034b50;
const maxComment = 0xffff;
const absent32 = 0xffffffff;
const absent16 = 0xffff;

/** Lists the wanted entries of an archive by its central directory. @throws CODEC_ZIP_ABSENT, CODEC_ZIP_INVALID, CODEC_LIMIT */
export function readDirectory(source: ByteSource, limits: ZipLimits, wanted: (name: string) => boolean): ZipEntry[] {
  const place = findDirectory(source);
  if (place.size > limits.maxDirectory) throw limit(`${limits.maxDirectory} bytes in a zip directory`);
  const base = baseOffset(source, place);
  const bytes = toBuffer(source.read(base + place.offset, place.size));
  const entries: ZipEntry[] = [];
  let count = 0;
  for (let position = 0; isHeader(bytes, position); ) {
    if (++count > limits.maxEntries) throw limit(`${limits.maxEntries} zip entries`);
    const place = placeOfEntry(bytes, position);
    const name = bytes.toString('utf8', position + headerLength, place.nameEnd);
    if (wanted(name)) entries.push(readEntry(bytes, position, { ...place, name, base }));
    position = place.end;
  }
  // Writers without zip64 let the count run over at 65,536.
  if ((count & absent16) !== (place.entries & absent16)) {
    throw invalid('the directory has another number of entries than the end record says');
  }
  return entries;
}

/** CODEC_ZIP_INVALID */
export function invalid(reason: string): Error {
  return codecError('CODEC_ZIP_INVALID', { data: { reason } });
}

/** CODEC_LIMIT */
export function limit(what: string): Error {
  return codecError('CODEC_LIMIT', { data: { format: 'zip', limit: what } });
}

/** The end record is the last thing in the file but for a comment, so the search goes backwards. */
function findDirectory(source: ByteSource): DirectoryPlace {
  const length = Math.min(source.size, endLength + maxComment);
  const start = source.size - length;
  const tail = toBuffer(source.read(start, length));
  for (let at = length - endLength; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== endSignature) continue;
    if (at + endLength + tail.readUInt16LE(at + 20) > length) continue;
    return withZip64(source, {
      entries: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      end: start + at,
    });
  }
  if (source.size >= 4 && toBuffer(source.read(0, 4)).readUInt32LE(0) === localSignature) {
    throw invalid('the end of the archive is missing');
  }
  throw codecError('CODEC_ZIP_ABSENT');
}

/** Numbers that do not fit stand in a second record, which a locator before the first one points to (APPNOTE.TXT 4.3.15). */
function withZip64(source: ByteSource, place: DirectoryPlace): DirectoryPlace {
  const { entries, size, offset, end } = place;
  if (entries !== absent16 && size !== absent32 && offset !== absent32) return place;
  if (end < locatorLength) return place;
  const locator = toBuffer(source.read(end - locatorLength, locatorLength));
  if (locator.readUInt32LE(0) !== locatorSignature) return place;
  const at = findEnd64(source, integer(locator, 8), end - locatorLength);
  const record = toBuffer(source.read(at, end64Length));
  return { entries: integer(record, 32), size: integer(record, 40), offset: integer(record, 48), end: at };
}

/** Where the locator says, or, when data precedes the archive, right before the locator. */
function findEnd64(source: ByteSource, stated: number, locator: number): number {
  for (const at of [stated, locator - end64Length]) {
    if (at < 0 || at + end64Length > locator) continue;
    if (toBuffer(source.read(at, 4)).readUInt32LE(0) === end64Signature) return at;
  }
  throw invalid('the zip64 end record is not where the locator says');
}

/** Bytes before the archive (a script that starts a jar): offsets count from where the archive proper begins. */
function baseOffset(source: ByteSource, place: DirectoryPlace): number {
  const base = place.end - place.size - place.offset;
  if (isDirectoryAt(source, base + place.offset, place)) return base;
  if (isDirectoryAt(source, place.offset, place)) return 0;
  throw invalid('the directory is not where the end record says');
}

function isDirectoryAt(source: ByteSource, at: number, { size, entries, end }: DirectoryPlace): boolean {
  if (at < 0 || size < 0 || at + size > end) return false;
  if (entries === 0) return true;
  return size >= headerLength && toBuffer(source.read(at, 4)).readUInt32LE(0) === headerSignature;
}

function isHeader(bytes: Buffer, at: number): boolean {
  return at + headerLength <= bytes.length && bytes.readUInt32LE(at) === headerSignature;
}

interface EntryPlace {
  readonly nameEnd: number;
  readonly extraEnd: number;
  readonly end: number;
}

function placeOfEntry(bytes: Buffer, at: number): EntryPlace {
  const nameEnd = at + headerLength + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const end = extraEnd + bytes.readUInt16LE(at + 32);
  if (end > bytes.length) throw invalid('the directory ends within an entry');
  return { nameEnd, extraEnd, end };
}

function readEntry(
  bytes: Buffer,
  at: number,
  { name, base, nameEnd, extraEnd }: EntryPlace & { readonly name: string; readonly base: number },
): ZipEntry {
  const sizes = {
    size: bytes.readUInt32LE(at + 24),
    packedSize: bytes.readUInt32LE(at + 20),
    offset: bytes.readUInt32LE(at + 42),
  };
  const wide = Object.values(sizes).includes(absent32) ? wideSizes(bytes.subarray(nameEnd, extraEnd), sizes) : sizes;
  return {
    ...wide,
    offset: base + wide.offset,
    name,
    crc32: bytes.readUInt32LE(at + 16),
    method: bytes.readUInt16LE(at + 10),
    isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
  };
}

type Sizes = Pick<ZipEntry, 'size' | 'packedSize' | 'offset'>;

/** The zip64 extra field holds, in this order, those of the numbers that did not fit (APPNOTE.TXT 4.5.3). */
function wideSizes(extra: Buffer, narrow: Sizes): Sizes {
  const field = findExtra(extra, 1);
  if (field === undefined) return narrow;
  let position = 0;
  const next = (value: number): number => {
    if (value !== absent32) return value;
    if (position + 8 > field.length) throw invalid('a zip64 field is too short');
    position += 8;
    return integer(field, position - 8);
  };
  return { size: next(narrow.size), packedSize: next(narrow.packedSize), offset: next(narrow.offset) };
}

function findExtra(extra: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}

function integer(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw invalid('a number is out of range');
  return value;
}
