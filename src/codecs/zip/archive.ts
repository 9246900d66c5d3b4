import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { assertInside, type ByteSource } from '../../core/index.ts';
import { sliceSource } from '../../kit/memory-source.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';
import { defaultZipLimits, invalid, limit, readDirectory, type ZipEntry, type ZipLimits } from './directory.ts';

/** A zip archive that is at hand, read entry by entry. */
export interface ZipArchive {
  /** The wanted ones in the order of the central directory; directories may be among them. */
  readonly entries: readonly ZipEntry[];
  /** The unpacked bytes, at most `maxSize`. @throws CODEC_ZIP_INVALID, CODEC_ZIP_ENCRYPTED, CODEC_ZIP_METHOD, CODEC_LIMIT */
  read(entry: ZipEntry, maxSize: number): Buffer;
  /** The unpacked bytes in parts, for entries too large for memory; ends with an error as `read` does. */
  stream(entry: ZipEntry): AsyncIterable<Buffer>;
  /** The bytes of an entry that is stored as it is, without a copy; undefined when it is packed. @throws as `read` */
  stored(entry: ZipEntry): ByteSource | undefined;
}

const localSignature = 0x04034b50;
const localLength = 30;
const methodStored = 0;
const methodDeflated = 8;
/** Large chunks spare copies; small entries must not cost a large one. */
const maxChunk = 1 << 20;
const partSize = 256 * 1024;

/** What to list, and how much at most. */
export interface ZipOptions {
  /** Asked with each name; entries of large archives that nobody wants take no memory. */
  readonly wanted?: (name: string) => boolean;
  readonly limits?: ZipLimits;
}

/** Opens an archive; data may precede it. @throws CODEC_ZIP_ABSENT when there is none, CODEC_ZIP_INVALID, CODEC_LIMIT */
export function openZip(source: ByteSource, options: ZipOptions = {}): ZipArchive {
  const { limits = defaultZipLimits, wanted = () => true } = options;
  const entries = readDirectory(source, limits, wanted);
  let unread = source.size;
  const locate = (entry: ZipEntry): ByteSource => {
    assertReadable(entry);
    // Every byte of an honest archive belongs to one entry, so entries read once never add up to more than the archive.
    unread -= entry.packedSize;
    if (unread < 0) throw invalid('entries overlap');
    return dataOf(source, entry);
  };
  return {
    entries,
    read(entry, maxSize) {
      if (entry.size > maxSize) throw limit(`${maxSize} bytes in one zip entry`);
      const packed = locate(entry);
      const bytes = toBuffer(packed.read(0, packed.size));
      const unpacked = entry.method === methodStored ? bytes : inflate(bytes, entry.size);
      assertContent(entry, unpacked.length, crc32(unpacked));
      return unpacked;
    },
    stream: (entry) => verified(unpackedParts(locate(entry), entry.method), entry),
    stored(entry) {
      if (entry.method !== methodStored) return undefined;
      if (entry.size !== entry.packedSize) throw invalid('a stored entry has two sizes');
      return locate(entry);
    },
  };
}

function assertContent(entry: ZipEntry, size: number, checksum: number): void {
  if (size !== entry.size) throw invalid('an entry has another size than stated');
  if (checksum !== entry.crc32) throw invalid('the checksum of an entry does not match');
}

function assertReadable(entry: ZipEntry): void {
  const { name, method } = entry;
  if (entry.isEncrypted) throw codecError('CODEC_ZIP_ENCRYPTED', { data: { name } });
  if (method === methodStored || method === methodDeflated) return;
  throw codecError('CODEC_ZIP_METHOD', { data: { name, method } });
}

/** The packed bytes follow the local header, whose name and extra field may differ in length (APPNOTE.TXT 4.3.7). */
function dataOf(source: ByteSource, entry: ZipEntry): ByteSource {
  assertInside(source.size, entry.offset, localLength);
  const header = toBuffer(source.read(entry.offset, localLength));
  if (header.readUInt32LE(0) !== localSignature) throw invalid('an entry has no local header');
  const start = entry.offset + localLength + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packedSize > source.size) throw invalid('an entry reaches over the end of the archive');
  return sliceSource(source, start, entry.packedSize);
}

/** One byte more than stated is let through, so that a longer entry is told from a whole one. */
function inflate(packed: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1, chunkSize: Math.min(Math.max(size + 1, 64), maxChunk) });
  } catch (error) {
    throw badDeflate(error);
  }
}

function badDeflate(error: unknown): Error {
  const data = { format: 'deflate', reason: (error as Error).message };
  return codecError('CODEC_COMPRESSION_INVALID', { data, cause: error });
}

/** Passes the parts on while they are what the directory promised. */
async function* verified(parts: AsyncIterable<Buffer>, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  let size = 0;
  let checksum = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > entry.size) break;
    checksum = crc32(part, checksum);
    yield part;
  }
  assertContent(entry, size, checksum);
}

async function* unpackedParts(packed: ByteSource, method: number): AsyncGenerator<Buffer, void, undefined> {
  if (method === methodStored) return yield* partsOf(packed);
  const inflater = createInflateRaw({ chunkSize: partSize });
  const feeding = pipeline(partsOf(packed), inflater).catch((error: unknown) => error);
  try {
    for await (const part of inflater) yield part as Buffer;
  } catch (error) {
    throw badDeflate(error);
  } finally {
    inflater.destroy();
    await feeding;
  }
}

function* partsOf(source: ByteSource): Generator<Buffer, void, undefined> {
  for (let at = 0; at < source.size; at += partSize) {
    yield toBuffer(source.read(at, Math.min(partSize, source.size - at)));
  }
}
