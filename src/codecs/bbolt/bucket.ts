import type { ByteSource } from '../../core/index.ts';
import { readMeta } from './meta.ts';
import { type BoltElement, type BoltPage, invalid, parsePage, readPage } from './page.ts';

/** Deeper trees than this would hold more keys than a disk; only a cycle gets here. */
const maxDepth = 24;
/** Pages kept decoded: with 4 KiB pages about 8 MiB. */
const maxCachedPages = 2048;

/** Read-only access to one bucket of a bbolt database, page by page (go.etcd.io/bbolt file format, version 2). */
export interface BoltBucket {
  get(key: string): Buffer | undefined;
  bucket(key: string): BoltBucket | undefined;
  /** Keys in order that start with `prefix`, with their values; a nested bucket has none. */
  entries(prefix?: string): Generator<{ readonly key: string; readonly value: Buffer | undefined }, void, undefined>;
}

/** The root bucket. @throws CODEC_BOLT_INVALID; so does every later read that meets a damaged page */
export function openBolt(source: ByteSource): BoltBucket {
  const meta = readMeta(source);
  return new Bucket(new Pages(source, meta.pageSize, meta.highWater), meta.root, undefined);
}

class Pages {
  readonly #source: ByteSource;
  readonly #pageSize: number;
  readonly #highWater: number;
  readonly #cached: Map<number, BoltPage> = new Map();

  constructor(source: ByteSource, pageSize: number, highWater: number) {
    this.#source = source;
    this.#pageSize = pageSize;
    this.#highWater = highWater;
  }

  get(id: number): BoltPage {
    const known = this.#cached.get(id);
    if (known !== undefined) return known;
    if (!(id >= 2 && id < this.#highWater)) throw invalid(id, 'the page is out of range');
    const page = parsePage(readPage(this.#source, id, this.#pageSize), id);
    if (this.#cached.size >= maxCachedPages) this.#cached.delete(this.#cached.keys().next().value as number);
    this.#cached.set(id, page);
    return page;
  }
}

class Bucket implements BoltBucket {
  readonly #pages: Pages;
  readonly #root: number;
  readonly #inline: BoltPage | undefined;

  constructor(pages: Pages, root: number, inline: BoltPage | undefined) {
    this.#pages = pages;
    this.#root = root;
    this.#inline = inline;
  }

  get(key: string): Buffer | undefined {
    const found = this.#find(Buffer.from(key));
    return found === undefined || found.isBucket ? undefined : found.value;
  }

  bucket(key: string): BoltBucket | undefined {
    const found = this.#find(Buffer.from(key));
    return found?.isBucket ? this.#open(found.value) : undefined;
  }

  *entries(prefix = ''): Generator<{ key: string; value: Buffer | undefined }, void, undefined> {
    const from = Buffer.from(prefix);
    for (const element of this.#walk(this.#rootPage(), from, 0)) {
      if (!element.key.subarray(0, from.length).equals(from)) return;
      yield { key: element.key.toString('utf8'), value: element.isBucket ? undefined : element.value };
    }
  }

  #rootPage(): BoltPage {
    return this.#inline ?? this.#pages.get(this.#root);
  }

  /** A bucket's value is its root page; 0 means that a page of its own follows inline. */
  #open(value: Buffer): Bucket {
    if (value.length < 16) throw invalid(-1, 'a bucket header is cut short');
    const root = Number(value.readBigUInt64LE(0));
    if (root !== 0) return new Bucket(this.#pages, root, undefined);
    if (value.length < 32) throw invalid(-1, 'an inline bucket is cut short');
    return new Bucket(this.#pages, 0, parsePage(Buffer.from(value.subarray(16)), 0));
  }

  #find(key: Buffer): BoltElement | undefined {
    let page = this.#rootPage();
    for (let depth = 0; page.kind === 'branch'; depth++) page = this.#child(page, floorIndex(page, key), depth);
    const index = floorIndex(page, key);
    return page.count > 0 && page.key(index).equals(key) ? page.element(index) : undefined;
  }

  *#walk(page: BoltPage, from: Buffer, depth: number): Generator<BoltElement, void, undefined> {
    const start = floorIndex(page, from);
    for (let index = start; index < page.count; index++) {
      if (page.kind === 'branch') {
        yield* this.#walk(this.#child(page, index, depth), index === start ? from : Buffer.alloc(0), depth + 1);
      } else if (page.key(index).compare(from) >= 0) yield page.element(index);
    }
  }

  #child(page: BoltPage, index: number, depth: number): BoltPage {
    if (depth >= maxDepth || page.count === 0) throw invalid(-1, 'the tree is too deep or has an empty branch');
    const { key, child } = page.element(index);
    const found = this.#pages.get(child);
    if (found.count === 0 || found.key(0).compare(key) < 0)
      throw invalid(child, 'a page starts before its branch says');
    // With both bounds no page can be reached twice, so that a walk ends.
    const reachesOver = index + 1 < page.count && found.key(found.count - 1).compare(page.key(index + 1)) >= 0;
    if (reachesOver) throw invalid(child, 'a page goes on where the next one starts');
    return found;
  }
}

/** Index of the last key that is not above `key`; 0 when all are. */
function floorIndex(page: BoltPage, key: Buffer): number {
  let low = 0;
  let high = page.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (page.key(middle).compare(key) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}
