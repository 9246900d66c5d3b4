import { toBuffer } from '../../kit/text.ts';
import { codecError } from '../errors.ts';

/**
 * The tags of one package (rpm.org, "RPM V4 Package format", section "Header format"). Each value is decoded when it is
 * asked for. @throws CODEC_RPM_INVALID where a value is of another type or lies outside of the header
 */
export interface RpmHeader {
  /** Undefined when the tag is absent. */
  string(tag: number): string | undefined;
  /** Empty when the tag is absent. */
  strings(tag: number): string[];
  /** Integers of up to 32 bits; empty when the tag is absent. */
  numbers(tag: number): number[];
  bytes(tag: number): Buffer | undefined;
}

interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const indexEntrySize = 16;
const prefixSize = 8;
/** Limits of rpm itself (lib/header_internal.h). */
const maxEntries = 0xffff;
const maxDataSize = 2 ** 28;
/** Tags below this one describe the layout of the header, not the package. */
const firstTag = 100;

const int8Types: readonly number[] = [1, 2];
const int16Type = 3;
const int32Type = 4;
const stringType = 6;
const binaryType = 7;
const stringArrayTypes: readonly number[] = [stringType, 8, 9];

/** Reads a header as a package database stores it: without the magic that starts it in package files. @throws CODEC_RPM_INVALID */
export function parseRpmHeader(blob: Uint8Array): RpmHeader {
  const bytes = toBuffer(blob);
  if (bytes.length < prefixSize) throw invalid('it is cut short');
  const entryCount = bytes.readUInt32BE(0);
  const dataSize = bytes.readUInt32BE(4);
  const dataStart = prefixSize + entryCount * indexEntrySize;
  if (entryCount > maxEntries || dataSize > maxDataSize) throw invalid('it is larger than rpm allows');
  if (dataStart + dataSize > bytes.length) throw invalid('it is cut short');
  return new Header(readIndex(bytes, entryCount), bytes.subarray(dataStart, dataStart + dataSize));
}

/** Of a tag that comes twice the last counts: tags added at installation follow those of the package. */
function readIndex(bytes: Buffer, count: number): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  for (let at = prefixSize; at < prefixSize + count * indexEntrySize; at += indexEntrySize) {
    const tag = bytes.readUInt32BE(at);
    if (tag < firstTag) continue;
    entries.set(tag, {
      type: bytes.readUInt32BE(at + 4),
      offset: bytes.readUInt32BE(at + 8),
      count: bytes.readUInt32BE(at + 12),
    });
  }
  return entries;
}

class Header implements RpmHeader {
  readonly #entries: ReadonlyMap<number, Entry>;
  readonly #data: Buffer;

  constructor(entries: ReadonlyMap<number, Entry>, data: Buffer) {
    this.#entries = entries;
    this.#data = data;
  }

  string(tag: number): string | undefined {
    return this.strings(tag)[0];
  }

  strings(tag: number): string[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return [];
    if (!stringArrayTypes.includes(entry.type)) throw invalid(`tag ${tag} is no text`);
    const count = entry.type === stringType ? 1 : entry.count;
    const values: string[] = [];
    let start = entry.offset;
    while (values.length < count) {
      const end = start < this.#data.length ? this.#data.indexOf(0, start) : -1;
      if (end === -1) throw invalid(`tag ${tag} lies outside`);
      values.push(this.#data.toString('utf8', start, end));
      start = end + 1;
    }
    return values;
  }

  numbers(tag: number): number[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return [];
    const size = integerSize(entry.type);
    if (size === undefined) throw invalid(`tag ${tag} is no integer`);
    const bytes = this.#slice(tag, entry, entry.count * size);
    return Array.from({ length: entry.count }, (_, index) => bytes.readUIntBE(index * size, size));
  }

  bytes(tag: number): Buffer | undefined {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return undefined;
    if (entry.type !== binaryType) throw invalid(`tag ${tag} is no binary value`);
    return this.#slice(tag, entry, entry.count);
  }

  #slice(tag: number, { offset }: Entry, length: number): Buffer {
    if (offset + length > this.#data.length) throw invalid(`tag ${tag} lies outside`);
    return this.#data.subarray(offset, offset + length);
  }
}

function integerSize(type: number): number | undefined {
  if (int8Types.includes(type)) return 1;
  if (type === int16Type) return 2;
  return type === int32Type ? 4 : undefined;
}

function invalid(reason: string): Error {
  return codecError('CODEC_RPM_INVALID', { data: { reason } });
}
