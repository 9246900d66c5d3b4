/** A bucket to write: values, and buckets inside it. */
export interface BoltTree {
  readonly [key: string]: string | Uint8Array | BoltTree;
}

export interface BoltOptions {
  readonly pageSize?: number;
  /** Elements of a page at most, so that small trees get branch pages too. */
  readonly fanOut?: number;
  /** Buckets with fewer bytes than this lie inside the page of their parent. */
  readonly inlineBelow?: number;
}

interface Element {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly flags: number;
}

const pageHeader = 16;
const elementSize = 16;
const branchFlag = 1;
const leafFlag = 2;
const bucketFlag = 1;
const magic = 0xed0cdaed;

/** Writes a bbolt database (go.etcd.io/bbolt file format, version 2) with branch, overflow, inline and nested pages. */
export function buildBolt(tree: BoltTree, options: BoltOptions = {}): Buffer {
  const writer = new Writer(options);
  const root = writer.bucket(tree);
  return writer.finish(root);
}

class Writer {
  readonly #pageSize: number;
  readonly #fanOut: number;
  readonly #inlineBelow: number;
  /** Pages from number 4 on: two metas, the list of free pages and an empty one come first. */
  readonly #pages: Buffer[] = [];
  #next = 4;

  constructor({ pageSize = 4096, fanOut = 64, inlineBelow = 512 }: BoltOptions) {
    this.#pageSize = pageSize;
    this.#fanOut = fanOut;
    this.#inlineBelow = inlineBelow;
  }

  /** Writes the pages of a bucket; returns the number of its root page. */
  bucket(tree: BoltTree): number {
    return this.#tree(this.#elements(tree));
  }

  finish(root: number): Buffer {
    const free = Buffer.alloc(this.#pageSize);
    free.writeBigUInt64LE(2n, 0);
    free.writeUInt16LE(0x10, 8);
    const empty = this.#page(3, leafFlag, []);
    return Buffer.concat([this.#meta(0, root, 1n), this.#meta(1, root, 2n), free, empty, ...this.#pages]);
  }

  #elements(tree: BoltTree): Element[] {
    return Object.entries(tree)
      .map(([key, value]): Element => {
        const name = Buffer.from(key);
        if (typeof value === 'string' || value instanceof Uint8Array)
          return { key: name, value: Buffer.from(value), flags: 0 };
        return { key: name, value: this.#bucketValue(value as BoltTree), flags: bucketFlag };
      })
      .sort((a, b) => a.key.compare(b.key));
  }

  /** Root page number and sequence, with the page itself behind when the bucket is small and holds no other. */
  #bucketValue(tree: BoltTree): Buffer {
    const elements = this.#elements(tree);
    const size = elements.reduce((sum, { key, value }) => sum + elementSize + key.length + value.length, pageHeader);
    const head = Buffer.alloc(16);
    if (size < this.#inlineBelow && elements.every(({ flags }) => flags === 0)) {
      return Buffer.concat([head, fill(Buffer.alloc(size), 0, leafFlag, elements)]);
    }
    head.writeBigUInt64LE(BigInt(this.#tree(elements)), 0);
    return head;
  }

  #tree(elements: readonly Element[]): number {
    let level = this.#group(elements, leafFlag);
    while (level.length > 1) level = this.#group(level, branchFlag);
    return Number((level[0] as Element).value.readBigUInt64LE(0));
  }

  /** Writes one level of pages; returns for each its first key and its number. */
  #group(elements: readonly Element[], flag: number): Element[] {
    const groups: Element[] = [];
    for (let at = 0; at === 0 || at < elements.length; at += this.#fanOut) {
      const part = elements.slice(at, at + this.#fanOut);
      const number = Buffer.alloc(8);
      number.writeBigUInt64LE(BigInt(this.#add(flag, part)), 0);
      groups.push({ key: part[0]?.key ?? Buffer.alloc(0), value: number, flags: 0 });
    }
    return groups;
  }

  #add(flag: number, elements: readonly Element[]): number {
    const id = this.#next;
    const page = this.#page(id, flag, elements);
    this.#next += page.length / this.#pageSize;
    this.#pages.push(page);
    return id;
  }

  #page(id: number, flag: number, elements: readonly Element[]): Buffer {
    const data = elements.reduce(
      (sum, { key, value }) => sum + elementSize + key.length + (flag === branchFlag ? 0 : value.length),
      pageHeader,
    );
    return fill(Buffer.alloc(Math.ceil(data / this.#pageSize) * this.#pageSize), id, flag, elements, this.#pageSize);
  }

  #meta(id: number, root: number, transaction: bigint): Buffer {
    const page = Buffer.alloc(this.#pageSize);
    page.writeBigUInt64LE(BigInt(id), 0);
    page.writeUInt16LE(0x04, 8);
    const meta = page.subarray(pageHeader);
    meta.writeUInt32LE(magic, 0);
    meta.writeUInt32LE(2, 4);
    meta.writeUInt32LE(this.#pageSize, 8);
    meta.writeBigUInt64LE(BigInt(root), 16);
    meta.writeBigUInt64LE(2n, 32);
    meta.writeBigUInt64LE(BigInt(this.#next), 40);
    meta.writeBigUInt64LE(transaction, 48);
    meta.writeBigUInt64LE(fnv64a(meta.subarray(0, 56)), 56);
    return page;
  }
}

function fill(page: Buffer, id: number, flag: number, elements: readonly Element[], pageSize = page.length): Buffer {
  page.writeBigUInt64LE(BigInt(id), 0);
  page.writeUInt16LE(flag, 8);
  page.writeUInt16LE(elements.length, 10);
  page.writeUInt32LE(page.length / pageSize - 1, 12);
  let data = pageHeader + elements.length * elementSize;
  elements.forEach(({ key, value, flags }, index) => {
    const at = pageHeader + index * elementSize;
    if (flag === branchFlag) {
      page.writeUInt32LE(data - at, at);
      page.writeUInt32LE(key.length, at + 4);
      value.copy(page, at + 8);
    } else {
      page.writeUInt32LE(flags, at);
      page.writeUInt32LE(data - at, at + 4);
      page.writeUInt32LE(key.length, at + 8);
      page.writeUInt32LE(value.length, at + 12);
    }
    data += key.copy(page, data);
    if (flag !== branchFlag) data += value.copy(page, data);
  });
  return page;
}

function fnv64a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}
