import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/** What the first 100 bytes tell (sqlite.org/fileformat2.html, section 1.3, "The Database Header"). */
export interface SqliteHeader {
  readonly pageSize: number;
  /** Bytes of a page that hold content: without those reserved for extensions. */
  readonly usableSize: number;
  readonly pageCount: number;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
  /** True when the database was last written through a write-ahead log, which may hold newer pages. */
  readonly writeAheadLog: boolean;
}

export const headerSize = 100;
const magic = 'SQLite format 3\0';
const encodings: readonly (SqliteHeader['encoding'] | undefined)[] = ['utf8', 'utf8', 'utf16le', 'utf16be'];

/** True when a file begins as SQLite databases do. */
export function isSqlite(start: Uint8Array): boolean {
  return toBuffer(start).toString('latin1', 0, magic.length) === magic;
}

/** @throws CODEC_SQLITE_INVALID, CODEC_TRUNCATED */
export function readHeader(source: ByteSource): SqliteHeader {
  if (source.size < headerSize) throw truncated(source.size, headerSize);
  const bytes = toBuffer(source.read(0, headerSize));
  if (!isSqlite(bytes)) throw invalid(1, 'it does not begin as SQLite databases do');
  const stored = bytes.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) throw invalid(1, `pages cannot have ${pageSize} bytes`);
  const usableSize = pageSize - bytes.readUInt8(20);
  const encoding = encodings[bytes.readUInt32BE(56)];
  if (usableSize < 480) throw invalid(1, 'pages keep too much room for extensions');
  if (bytes.readUInt8(19) > 2 || encoding === undefined) throw invalid(1, 'its version or its encoding is not known');
  return {
    pageSize,
    usableSize,
    pageCount: countPages(bytes, source, pageSize),
    encoding,
    writeAheadLog: bytes.readUInt8(19) === 2,
  };
}

/** The count in the header is valid only when its writer kept it; else the size of the file tells. */
function countPages(bytes: Buffer, source: ByteSource, pageSize: number): number {
  const stored = bytes.readUInt32BE(28);
  const held = Math.floor(source.size / pageSize);
  const valid = stored > 0 && bytes.readUInt32BE(24) === bytes.readUInt32BE(92);
  if (valid && stored > held) throw truncated(source.size, stored * pageSize);
  if (held === 0) throw truncated(source.size, pageSize);
  return valid ? stored : held;
}

/** Reads pages of one walk; each page at most once, so that cycles end and the work is bounded by the file's size. */
export class PageReader {
  readonly header: SqliteHeader;
  readonly #source: ByteSource;
  readonly #seen: Uint8Array;

  constructor(source: ByteSource, header: SqliteHeader) {
    this.header = header;
    this.#source = source;
    this.#seen = new Uint8Array(Math.ceil((header.pageCount + 1) / 8));
  }

  /** @throws CODEC_SQLITE_INVALID when there is no such page, or the walk has met it before */
  read(page: number): Buffer {
    const { pageCount, pageSize, usableSize } = this.header;
    if (page < 1 || page > pageCount) throw invalid(page, 'there is no such page');
    const bit = 1 << (page & 7);
    const seen = this.#seen[page >> 3] ?? 0;
    if (seen & bit) throw invalid(page, 'two pages lead to this page');
    this.#seen[page >> 3] = seen | bit;
    return toBuffer(this.#source.read((page - 1) * pageSize, usableSize));
  }
}

export function invalid(page: number, reason: string): Error {
  return codecError('CODEC_SQLITE_INVALID', { data: { page, reason } });
}

function truncated(size: number, wanted: number): Error {
  return codecError('CODEC_TRUNCATED', { data: { format: 'SQLite', size, wanted } });
}
