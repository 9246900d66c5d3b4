import { buildRpmPackage, type RpmPackage } from './rpm.ts';

const pageSize = 4096;

/** `Packages.db` with these packages, as rpm's backend ndb writes it; a hole is the free slot of a removed package. */
export function buildRpmNdb(packages: readonly (RpmPackage | Buffer | 'hole')[]): Buffer {
  const blobs = packages.map((pkg) => (pkg === 'hole' ? undefined : Buffer.isBuffer(pkg) ? pkg : buildRpmPackage(pkg)));
  const slots = Buffer.alloc(pageSize);
  slots.write('RpmP', 0, 'latin1');
  slots.writeUInt32LE(1, 12);
  for (let offset = 32; offset < pageSize; offset += 16) slots.write('Slot', offset, 'latin1');
  const parts: Buffer[] = [slots];
  let block = pageSize / 16;
  for (const [index, blob] of blobs.entries()) {
    if (blob === undefined) continue;
    const bytes = ndbBlob(blob, index + 1);
    const slot = 32 + index * 16;
    for (const [field, value] of [index + 1, block, bytes.length / 16].entries()) {
      slots.writeUInt32LE(value, slot + 4 + field * 4);
    }
    block += bytes.length / 16;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function ndbBlob(content: Buffer, index: number): Buffer {
  const head = Buffer.alloc(16);
  head.write('BlbS', 0, 'latin1');
  head.writeUInt32LE(index, 4);
  head.writeUInt32LE(content.length, 12);
  const tail = Buffer.alloc(12);
  tail.writeUInt32LE(content.length, 4);
  tail.write('BlbE', 8, 'latin1');
  const size = head.length + content.length + tail.length;
  return Buffer.concat([head, content, Buffer.alloc((16 - (size % 16)) % 16), tail]);
}

export interface BerkeleyOptions {
  readonly order?: 'little' | 'big';
}

/** A Berkeley DB hash database of one bucket; values of more than a quarter of a page go to pages of their own. */
export function buildBerkeleyHash(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
  { order = 'little' }: BerkeleyOptions = {},
): Buffer {
  const put = (bytes: Buffer, offset: number, value: number, size: 2 | 4 = 4): number =>
    order === 'little' ? bytes.writeUIntLE(value, offset, size) : bytes.writeUIntBE(value, offset, size);
  const meta = Buffer.alloc(pageSize);
  const bucket = Buffer.alloc(pageSize);
  const pages = [meta, bucket];

  const overflow = (value: Uint8Array): Buffer => {
    const item = Buffer.alloc(12);
    item[0] = 3;
    put(item, 4, pages.length);
    put(item, 8, value.length);
    const room = pageSize - 26;
    for (let at = 0; at < value.length; at += room) {
      const page = Buffer.alloc(pageSize);
      const piece = value.subarray(at, at + room);
      put(page, 16, at + room < value.length ? pages.length + 1 : 0);
      put(page, 22, piece.length, 2);
      page[25] = 7;
      page.set(piece, 26);
      pages.push(page);
    }
    return item;
  };

  let end = pageSize;
  const items = entries.flat();
  for (const [index, value] of items.entries()) {
    const item = value.length > pageSize / 4 ? overflow(value) : Buffer.concat([Buffer.of(1), value]);
    end -= item.length;
    bucket.set(item, end);
    put(bucket, 26 + index * 2, end, 2);
  }
  put(bucket, 20, items.length, 2);
  bucket[25] = 13;
  put(meta, 12, 0x00061561);
  put(meta, 20, pageSize);
  meta[25] = 8;
  put(meta, 32, pages.length - 1);
  return Buffer.concat(pages);
}

/** `Packages` with these packages, as rpm's Berkeley DB backend wrote it until version 4.16. */
export function buildRpmBerkeley(packages: readonly (RpmPackage | Buffer)[], options?: BerkeleyOptions): Buffer {
  const numbered = packages.map((pkg, index) => {
    const blob = Buffer.isBuffer(pkg) ? pkg : buildRpmPackage(pkg);
    return [Buffer.of(index + 1, 0, 0, 0), blob] as const;
  });
  return buildBerkeleyHash([[Buffer.alloc(4), Buffer.of(packages.length, 0, 0, 0)], ...numbered], options);
}
