import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/*
 * The file (rpm, lib/backend/ndb/rpmpkg.c): a header of 32 bytes, then slots of 16 bytes until the end of the slot
 * pages, then blobs. A slot is "Slot", package, first block, blocks; a blob is "BlbS", package, generation, length,
 * content, checksum, length, "BlbE". Blocks have 16 bytes, numbers are little-endian.
 */
const headerSize = 32;
const pageSize = 4096;
const slotSize = 16;
const blockSize = 16;
const blobHeadSize = 16;
const blobTailSize = 12;
const fileMagic = 'RpmP';
const slotMagic = 'Slot';
const blobMagic = 'BlbS';
/** Bytes of one package's header; rpm allows no more. */
const maxBlob = 2 ** 28;

/** True when a file begins as `Packages.db` does. */
export function isNdb(start: Uint8Array): boolean {
  return toBuffer(start).toString('latin1', 0, 4) === fileMagic;
}

/** The headers of all packages in a `Packages.db`. @throws CODEC_NDB_INVALID, CODEC_TRUNCATED, CODEC_LIMIT */
export function* readNdb(source: ByteSource): Generator<Buffer, void, undefined> {
  const slotsEnd = readSlotsEnd(source);
  const blobs = new BlobReader(source, slotsEnd);
  for (let offset = headerSize; offset < slotsEnd; offset += slotSize) {
    const slot = toBuffer(source.read(offset, slotSize));
    if (slot.toString('latin1', 0, 4) !== slotMagic) throw invalid('a slot is damaged');
    // A slot without package is free.
    if (slot.readUInt32LE(4) !== 0) yield blobs.read(slot);
  }
}

/** Where the slots end and the packages begin. */
function readSlotsEnd(source: ByteSource): number {
  if (source.size < headerSize) throw truncated(source.size, headerSize);
  const header = toBuffer(source.read(0, headerSize));
  if (!isNdb(header) || header.readUInt32LE(4) !== 0) throw invalid('it is of another version');
  const end = header.readUInt32LE(12) * pageSize;
  if (end < pageSize) throw invalid('it has no pages of slots');
  if (end > source.size) throw truncated(source.size, end);
  return end;
}

class BlobReader {
  readonly #source: ByteSource;
  /** Bytes that blobs may still take: they do not overlap, so that a file cannot stand for more than its size. */
  #left: number;
  readonly #start: number;

  constructor(source: ByteSource, start: number) {
    this.#source = source;
    this.#start = start;
    this.#left = source.size - start;
  }

  read(slot: Buffer): Buffer {
    const offset = slot.readUInt32LE(8) * blockSize;
    const room = slot.readUInt32LE(12) * blockSize;
    this.#left -= room;
    if (offset < this.#start || this.#left < 0) throw invalid('packages overlap');
    if (offset + room > this.#source.size) throw truncated(this.#source.size, offset + room);
    if (room < blobHeadSize + blobTailSize) throw invalid('a package has no room');
    const head = toBuffer(this.#source.read(offset, blobHeadSize));
    const length = head.readUInt32LE(12);
    if (head.toString('latin1', 0, 4) !== blobMagic || head.readUInt32LE(4) !== slot.readUInt32LE(4)) {
      throw invalid('a slot leads to no package of its own');
    }
    if (length > maxBlob)
      throw codecError('CODEC_LIMIT', { data: { format: 'ndb', limit: `${maxBlob} bytes a package` } });
    if (blobHeadSize + length + blobTailSize > room) throw invalid('a package is larger than its room');
    return toBuffer(this.#source.read(offset + blobHeadSize, length));
  }
}

function invalid(reason: string): Error {
  return codecError('CODEC_NDB_INVALID', { data: { reason } });
}

function truncated(size: number, wanted: number): Error {
  return codecError('CODEC_TRUNCATED', { data: { format: 'ndb', size, wanted } });
}
