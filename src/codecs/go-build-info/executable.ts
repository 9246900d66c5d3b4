import type { ByteSource } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';

/** A stretch of memory that a loader fills from the file. */
export interface Mapping {
  readonly address: number;
  /** Bytes of it that are in the file. */
  readonly size: number;
  /** From the start of the file. */
  readonly offset: number;
}

/** An executable, as far as it takes to find the build information of a Go program in it. */
export interface Executable {
  readonly mappings: readonly Mapping[];
  /** Where the build information is, or, when nothing names the place, the initialised data that it is in. */
  readonly data: Pick<Mapping, 'address' | 'size'> | undefined;
  /** The text of each symbol whose name `wanted` accepts; absent where the format has no readable symbols. */
  readonly texts?: (wanted: (name: string) => boolean) => { readonly name: string; readonly text: string }[];
}

/** Numbers of a header, in the byte order of the file. */
export class HeaderView {
  readonly bytes: Buffer;
  readonly #little: boolean;

  constructor(bytes: Buffer, little: boolean) {
    this.bytes = bytes;
    this.#little = little;
  }

  u16(at: number): number {
    return this.#little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    return this.#little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  /** Addresses beyond 2^53 lose their last bits, which no mapping of a user program has. */
  u64(at: number): number {
    return Number(this.#little ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at));
  }

  /** A word of 4 or 8 bytes. */
  word(at: number, size: number): number {
    return size === 8 ? this.u64(at) : this.u32(at);
  }

  /** Other bytes of the same file. */
  of(bytes: Buffer): HeaderView {
    return new HeaderView(bytes, this.#little);
  }

  /** Cuts a table into its rows. */
  rows(size: number): HeaderView[] {
    const count = Math.floor(this.bytes.length / size);
    return Array.from({ length: count }, (_, row) => this.of(this.bytes.subarray(row * size, (row + 1) * size)));
  }

  /** A name padded with NUL. */
  text(start: number, end: number): string {
    const stop = this.bytes.indexOf(0, start);
    return this.bytes.toString('latin1', start, stop < 0 || stop > end ? end : stop);
  }
}

/** Bytes of the file, or undefined where it has none: damage and debug files refer to what is not there. */
export function readFile(source: ByteSource, offset: number, length: number): Buffer | undefined {
  if (!(Number.isSafeInteger(offset + length) && offset >= 0 && length >= 0 && offset + length <= source.size)) {
    return undefined;
  }
  return toBuffer(source.read(offset, length));
}

/** Up to `length` bytes at an address; fewer at the end of the mapping, none outside of all. */
export function readMemory(source: ByteSource, { mappings }: Executable, address: number, length: number): Buffer {
  for (const mapping of mappings) {
    const skip = address - mapping.address;
    if (skip < 0 || skip >= mapping.size) continue;
    return readFile(source, mapping.offset + skip, Math.min(length, mapping.size - skip)) ?? Buffer.alloc(0);
  }
  return Buffer.alloc(0);
}
