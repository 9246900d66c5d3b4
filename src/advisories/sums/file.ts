import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Checksums of every block of a file, taken while it was downloaded. */
export interface BlockSums {
  /** Bytes of the file. */
  readonly size: number;
  /** CRC-32 of each block of `blockSize` bytes; the last block may be shorter. */
  readonly sums: Uint32Array;
}

export const blockSize = 4096;

const magic = 'plimsoll block sums 1\n';
const headerSize = magic.length + 8;
const digestSize = 32;

/** Takes sums of bytes that come in pieces of any size. */
export class BlockSummer {
  readonly #sums: number[] = [];
  #size = 0;
  #current = 0;

  push(chunk: Uint8Array): void {
    for (let offset = 0; offset < chunk.length; ) {
      const length = Math.min(blockSize - (this.#size % blockSize), chunk.length - offset);
      this.#current = crc32(chunk.subarray(offset, offset + length), this.#current);
      this.#size += length;
      offset += length;
      if (this.#size % blockSize === 0) this.#endBlock();
    }
  }

  finish(): BlockSums {
    if (this.#size % blockSize !== 0) this.#endBlock();
    return { size: this.#size, sums: Uint32Array.from(this.#sums) };
  }

  #endBlock(): void {
    this.#sums.push(this.#current);
    this.#current = 0;
  }
}

/** Magic, size, sums (all little-endian), and the SHA-256 of what stands before it. */
export function formatSums({ size, sums }: BlockSums): Buffer {
  const bytes = Buffer.alloc(headerSize + sums.length * 4);
  bytes.write(magic, 'latin1');
  bytes.writeBigUInt64LE(BigInt(size), magic.length);
  for (const [index, sum] of sums.entries()) bytes.writeUInt32LE(sum, headerSize + index * 4);
  return Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]);
}

/** Undefined for what is not a whole, undamaged file of sums. */
export function parseSums(file: Buffer): BlockSums | undefined {
  const bytes = file.subarray(0, Math.max(0, file.length - digestSize));
  if (bytes.length < headerSize || bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  if (!createHash('sha256').update(bytes).digest().equals(file.subarray(bytes.length))) return undefined;
  const size = Number(bytes.readBigUInt64LE(magic.length));
  const count = (bytes.length - headerSize) / 4;
  if (count !== Math.ceil(size / blockSize)) return undefined;
  const sums = new Uint32Array(count);
  for (let index = 0; index < count; index++) sums[index] = bytes.readUInt32LE(headerSize + index * 4);
  return { size, sums };
}
