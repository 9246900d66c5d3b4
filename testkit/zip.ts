import { crc32, deflateRawSync } from 'node:zlib';

/** An entry to write; what is not given follows from the content, so that a test states only what it makes wrong. */
export interface ZipInput {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly stored?: boolean;
  /** Bytes to write instead of the packed content. */
  readonly packed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly crc32?: number;
  /** Write sizes and offset as zip64 fields. */
  readonly wide?: boolean;
  /** Offset of the local header, when the directory is to lie about it. */
  readonly offset?: number;
}

export interface ZipOptions {
  readonly comment?: string;
  /** Write a zip64 end record and locator. */
  readonly zip64?: boolean;
  /** Entries the end record counts. */
  readonly count?: number;
}

/** A zip archive (APPNOTE.TXT); jars, wars and eggs are such archives. */
export function makeZip(inputs: readonly ZipInput[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const input of inputs) {
    const entry = packEntry(input);
    const local = localHeader(entry);
    directory.push(directoryHeader(entry, input.offset ?? offset));
    parts.push(local, entry.packed);
    offset += local.length + entry.packed.length;
  }
  const listing = Buffer.concat(directory);
  const count = options.count ?? inputs.length;
  return Buffer.concat([...parts, listing, ...endRecords(listing.length, offset, count, options)]);
}

interface PackedEntry {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly size: number;
  readonly crc: number;
  readonly method: number;
  readonly flags: number;
  readonly wide: boolean;
}

function packEntry(input: ZipInput): PackedEntry {
  const content = Buffer.from(input.content ?? '');
  const method = input.method ?? (input.stored ? 0 : 8);
  return {
    name: Buffer.from(input.name),
    packed: Buffer.from(input.packed ?? (method === 0 ? content : deflateRawSync(content))),
    size: input.size ?? content.length,
    crc: input.crc32 ?? crc32(content),
    method,
    flags: input.flags ?? 0,
    wide: input.wide ?? false,
  };
}

function localHeader({ name, packed, size, crc, method, flags }: PackedEntry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryHeader({ name, packed, size, crc, method, flags, wide }: PackedEntry, offset: number): Buffer {
  const extra = wide ? wideField(size, packed.length, offset) : Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(wide ? 0xffffffff : packed.length, 20);
  header.writeUInt32LE(wide ? 0xffffffff : size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(wide ? 0xffffffff : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function wideField(size: number, packed: number, offset: number): Buffer {
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  field.writeBigUInt64LE(BigInt(size), 4);
  field.writeBigUInt64LE(BigInt(packed), 12);
  field.writeBigUInt64LE(BigInt(offset), 20);
  return field;
}

function endRecords(size: number, offset: number, count: number, { comment = '', zip64 }: ZipOptions): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  const tail = [end, Buffer.from(comment)];
  return zip64 ? [...zip64Records(size, offset, count), ...tail] : tail;
}

function zip64Records(size: number, offset: number, count: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
