import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';
import { type BerkeleyMeta, invalid, readMeta, readUInt16, readUInt32 } from './meta.ts';

export interface BerkeleyEntry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Bytes of one key or value. */
const maxItem = 2 ** 28;
/** Page header (dbinc/db_page.h, "PAGE"): numbers of the next page, entries and bytes in use, then the type. */
const pageHeaderSize = 26;
const nextPageOffset = 16;
const entriesOffset = 20;
const usedOffset = 22;
const typeOffset = 25;
const hashTypes: readonly number[] = [2, 13];
const overflowType = 7;
/** How an item of a page is kept: in place, or on pages of its own. */
const inPlace = 1;
const offPage = 3;
const offPageSize = 12;

/**
 * The entries of a hash database, in the order of its pages. Duplicates of one key are not read: databases of packages
 * have none. @throws CODEC_BERKELEY_INVALID, CODEC_TRUNCATED, CODEC_LIMIT
 */
export function* readBerkeleyHash(source: ByteSource): Generator<BerkeleyEntry, void, undefined> {
  const meta = readMeta(source);
  const pages = new Pages(source, meta);
  for (let number = 1; number <= meta.lastPage; number++) {
    const page = pages.read(number);
    if (!hashTypes.includes(page[typeOffset] ?? 0)) continue;
    const items = readItems(pages, page, number);
    for (let index = 0; index + 1 < items.length; index += 2) {
      yield { key: readItem(pages, items[index], number), value: readItem(pages, items[index + 1], number) };
    }
  }
}

class Pages {
  readonly meta: BerkeleyMeta;
  readonly #source: ByteSource;
  readonly #chained: Uint8Array;

  constructor(source: ByteSource, meta: BerkeleyMeta) {
    this.meta = meta;
    this.#source = source;
    this.#chained = new Uint8Array(Math.ceil((meta.lastPage + 1) / 8));
  }

  read(number: number): Buffer {
    return toBuffer(this.#source.read(number * this.meta.pageSize, this.meta.pageSize));
  }

  /** A page of a chain; each belongs to one chain, so that cycles end and the work is bounded by the file's size. */
  readChained(number: number): Buffer {
    if (number < 1 || number > this.meta.lastPage) throw invalid(number, 'there is no such page');
    const bit = 1 << (number & 7);
    const seen = this.#chained[number >> 3] ?? 0;
    if (seen & bit) throw invalid(number, 'two values lead to this page');
    this.#chained[number >> 3] = seen | bit;
    const page = this.read(number);
    if (page[typeOffset] !== overflowType) throw invalid(number, 'the page belongs to no value');
    return page;
  }

  number(bytes: Buffer, offset: number): number {
    return readUInt32(bytes, offset, this.meta.isLittleEndian);
  }

  half(bytes: Buffer, offset: number): number {
    return readUInt16(bytes, offset, this.meta.isLittleEndian);
  }
}

/** The items of a page, which grow from its end towards the table of their offsets. */
function readItems(pages: Pages, page: Buffer, number: number): Buffer[] {
  const count = pages.half(page, entriesOffset);
  const tableEnd = pageHeaderSize + count * 2;
  if (tableEnd > page.length) throw invalid(number, 'the page has more items than room');
  const items: Buffer[] = [];
  let end = page.length;
  for (let index = 0; index < count; index++) {
    const start = pages.half(page, pageHeaderSize + index * 2);
    if (start < tableEnd || start >= end) throw invalid(number, 'an item lies outside of its place');
    items.push(page.subarray(start, end));
    end = start;
  }
  return items;
}

function readItem(pages: Pages, item: Buffer | undefined, number: number): Buffer {
  const kind = item?.[0];
  if (item !== undefined && kind === inPlace) return item.subarray(1);
  if (item === undefined || kind !== offPage || item.length < offPageSize)
    throw invalid(number, 'an item is of no known kind');
  return readChain(pages, pages.number(item, 4), pages.number(item, 8));
}

function readChain(pages: Pages, first: number, size: number): Buffer {
  if (size > maxItem)
    throw codecError('CODEC_LIMIT', { data: { format: 'Berkeley DB', limit: `${maxItem} bytes a value` } });
  const pieces: Buffer[] = [];
  let next = first;
  for (let missing = size; missing > 0; ) {
    const page = pages.readChained(next);
    const used = pages.half(page, usedOffset);
    if (used === 0 || used > Math.min(missing, page.length - pageHeaderSize)) {
      throw invalid(next, 'the page says it holds what it cannot hold');
    }
    pieces.push(page.subarray(pageHeaderSize, pageHeaderSize + used));
    missing -= used;
    next = pages.number(page, nextPageOffset);
  }
  return Buffer.concat(pieces);
}
