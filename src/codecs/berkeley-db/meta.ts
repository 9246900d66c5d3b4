import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/** What the first page tells of a hash database (Berkeley DB, dbinc/db_page.h, "DBMETA"). */
export interface BerkeleyMeta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly isLittleEndian: boolean;
}

const metaSize = 72;
const magicOffset = 12;
const hashMagic = 0x00061561;
const hashMetaType = 8;
const checksumFlag = 0x01;

/** True when a file begins as a Berkeley DB hash database, of either byte order. */
export function isBerkeleyHash(start: Uint8Array): boolean {
  if (start.length < magicOffset + 4) return false;
  const bytes = toBuffer(start);
  return bytes.readUInt32LE(magicOffset) === hashMagic || bytes.readUInt32BE(magicOffset) === hashMagic;
}

/** @throws CODEC_BERKELEY_INVALID, CODEC_TRUNCATED */
export function readMeta(source: ByteSource): BerkeleyMeta {
  if (source.size < metaSize) throw truncated(source.size, metaSize);
  const bytes = toBuffer(source.read(0, metaSize));
  if (!isBerkeleyHash(bytes)) throw invalid(0, 'it is no hash database');
  const isLittleEndian = bytes.readUInt32LE(magicOffset) === hashMagic;
  const number = (offset: number): number => readUInt32(bytes, offset, isLittleEndian);
  const pageSize = number(20);
  const lastPage = number(32);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) {
    throw invalid(0, `pages cannot have ${pageSize} bytes`);
  }
  if (bytes[25] !== hashMetaType) throw invalid(0, 'its first page is of another kind');
  if (bytes[24] !== 0 || ((bytes[26] ?? 0) & checksumFlag) !== 0) throw invalid(0, 'it is encrypted or has checksums');
  const wanted = (lastPage + 1) * pageSize;
  if (wanted > source.size) throw truncated(source.size, wanted);
  return { pageSize, lastPage, isLittleEndian };
}

export function readUInt32(bytes: Buffer, offset: number, isLittleEndian: boolean): number {
  return isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
}

export function readUInt16(bytes: Buffer, offset: number, isLittleEndian: boolean): number {
  return isLittleEndian ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
}

export function invalid(page: number, reason: string): Error {
  return codecError('CODEC_BERKELEY_INVALID', { data: { page, reason } });
}

function truncated(size: number, wanted: number): Error {
  return codecError('CODEC_TRUNCATED', { data: { format: 'Berkeley DB', size, wanted } });
}
