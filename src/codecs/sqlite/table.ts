import { codecError } from '../errors.ts';
import { headerSize, invalid, type PageReader } from './pages.ts';
import { decodeRecord, readVarint, type SqliteValue } from './record.ts';

/** One row. A column that is an alias of the row id holds null; ids below 0 and beyond 2^53 are not exact. */
export interface SqliteRow {
  readonly rowId: number;
  readonly values: readonly SqliteValue[];
}

/** Deeper trees than this would hold more rows than a disk. */
const maxDepth = 20;
/** Bytes of one row. */
const maxPayload = 2 ** 28;
const interiorTable = 0x05;
const leafTable = 0x0d;

/** Walks the tree of a table from its root (section 1.6, "B-tree Pages"). @throws CODEC_SQLITE_INVALID, CODEC_LIMIT */
export function* walkTable(pages: PageReader, root: number, depth = 0): Generator<SqliteRow, void, undefined> {
  if (depth > maxDepth) throw invalid(root, 'the tree is too deep');
  const page = new BtreePage(pages.read(root), root);
  if (page.type === leafTable) {
    for (let cell = 0; cell < page.cells; cell++) yield readRow(pages, page, page.cell(cell));
    return;
  }
  if (page.type !== interiorTable) throw invalid(root, 'the page belongs to no table');
  for (let cell = 0; cell < page.cells; cell++) yield* walkTable(pages, page.child(page.cell(cell)), depth + 1);
  yield* walkTable(pages, page.rightmost, depth + 1);
}

class BtreePage {
  readonly number: number;
  readonly bytes: Buffer;
  readonly type: number;
  readonly cells: number;
  readonly #start: number;
  readonly #pointers: number;
  #claimed = 0;

  constructor(bytes: Buffer, number: number) {
    this.number = number;
    this.bytes = bytes;
    this.#start = number === 1 ? headerSize : 0;
    this.type = bytes.readUInt8(this.#start);
    this.cells = bytes.readUInt16BE(this.#start + 3);
    this.#pointers = this.#start + (this.type === leafTable ? 8 : 12);
    if (this.#pointers + this.cells * 2 > bytes.length) throw invalid(number, 'the page has more cells than room');
  }

  get rightmost(): number {
    return this.bytes.readUInt32BE(this.#start + 8);
  }

  /** Where a cell begins. */
  cell(index: number): number {
    const offset = this.bytes.readUInt16BE(this.#pointers + index * 2);
    if (offset < this.#pointers + this.cells * 2 || offset + 4 > this.bytes.length) {
      throw invalid(this.number, 'a cell lies outside of its page');
    }
    return offset;
  }

  child(cell: number): number {
    return this.bytes.readUInt32BE(cell);
  }

  /** Cells never overlap; without this check one page could stand for the same large row thousands of times. */
  claim(length: number): void {
    this.#claimed += length;
    if (this.#claimed > this.bytes.length) throw invalid(this.number, 'cells overlap');
  }
}

function readRow(pages: PageReader, page: BtreePage, cell: number): SqliteRow {
  const size = readVarint(page.bytes, cell);
  const rowId = size && readVarint(page.bytes, size.end);
  if (size === undefined || rowId === undefined) throw invalid(page.number, 'a cell is cut short');
  const payload = readPayload(pages, page, { start: rowId.end, size: size.value });
  const values = decodeRecord(payload, pages.header.encoding);
  if (values === undefined) throw invalid(page.number, 'a row is damaged');
  return { rowId: rowId.value, values };
}

/** The bytes of a row; what does not fit the page goes on in a chain of overflow pages (section 1.6). */
function readPayload(pages: PageReader, page: BtreePage, place: { start: number; size: number }): Buffer {
  const { start, size } = place;
  const { usableSize, pageCount, pageSize } = pages.header;
  if (size > maxPayload)
    throw codecError('CODEC_LIMIT', { data: { format: 'SQLite', limit: `${maxPayload} bytes in a row` } });
  if (size > pageCount * pageSize) throw invalid(page.number, 'a row is larger than the database');
  const local = localSize(size, usableSize);
  const end = start + local + (local < size ? 4 : 0);
  if (end > page.bytes.length) throw invalid(page.number, 'a row lies outside of its page');
  page.claim(end - start);
  const head = page.bytes.subarray(start, start + local);
  if (local === size) return head;
  return Buffer.concat([head, ...readOverflow(pages, page.bytes.readUInt32BE(start + local), size - local)]);
}

/** How much of a row is kept in the page itself. */
function localSize(size: number, usableSize: number): number {
  if (size <= usableSize - 35) return size;
  const least = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usableSize - 4));
  return fitting <= usableSize - 35 ? fitting : least;
}

function readOverflow(pages: PageReader, first: number, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  let next = first;
  for (let missing = size; missing > 0; ) {
    const bytes = pages.read(next);
    const piece = bytes.subarray(4, 4 + missing);
    pieces.push(piece);
    missing -= piece.length;
    next = bytes.readUInt32BE(0);
  }
  return pieces;
}
