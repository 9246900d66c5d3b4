import { codecError } from '../errors.ts';

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/** True for the magic number of a frame, or of a skippable frame (RFC 8878 3.1). */
export function isZstdMagic(magic: number): boolean {
  return magic === frameMagic || (magic & 0xfffffff0) >>> 0 === skippableMagic;
}

type Part = 'magic' | 'skippable-size' | 'skipped' | 'descriptor' | 'header' | 'block-header' | 'block' | 'checksum';

/**
 * Cuts a stream of zstd data so that no piece reaches over the end of a frame, and drops skippable frames: Node's
 * decompressor takes the end of a frame for the end of everything when more data follows in the same piece.
 * @throws CODEC_COMPRESSION_INVALID for what is no frame, and for a last frame that is cut short
 */
export async function* cutFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const cutter = new FrameCutter();
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const { length, keep } = cutter.take(chunk, at);
      if (keep !== undefined) yield keep;
      at += length;
    }
  }
  cutter.finish();
}

/** Follows the structure of frames and blocks (RFC 8878 3.1.1) without looking at what is in a block. */
class FrameCutter {
  #part: Part = 'magic';
  /** Bytes of a field that came so far. */
  #field: number[] = [];
  /** Bytes of the current part still to come. */
  #left = 4;
  #hasChecksum = false;
  #isLastBlock = false;

  /** Looks at bytes from `at` up to the end of a frame or of the chunk; `keep` is what the decompressor gets. */
  take(chunk: Buffer, at: number): { length: number; keep: Buffer | undefined } {
    const pending = this.#field.length > 0 && this.#part === 'magic' ? Buffer.from(this.#field) : undefined;
    let position = at;
    while (position < chunk.length) {
      const wasMagic = this.#part === 'magic';
      position += this.#consume(chunk, position);
      if (!wasMagic && this.#part === 'magic' && this.#left === 4) break;
    }
    const bytes = chunk.subarray(at, position);
    return { length: position - at, keep: this.#kept(bytes, pending) };
  }

  finish(): void {
    if (this.#part !== 'magic' || this.#field.length > 0) throw invalid('it is cut short');
  }

  /** A magic number waits until it is known to be that of a frame that is kept. */
  #kept(bytes: Buffer, pending: Buffer | undefined): Buffer | undefined {
    if (this.#isSkipping || (this.#part === 'magic' && this.#field.length > 0)) return undefined;
    return pending === undefined ? bytes : Buffer.concat([pending, bytes]);
  }

  #isSkipping = false;

  #consume(chunk: Buffer, at: number): number {
    const length = Math.min(this.#left, chunk.length - at);
    const isField = this.#part !== 'block' && this.#part !== 'skipped' && this.#part !== 'checksum';
    if (isField) for (let index = 0; index < length; index++) this.#field.push(chunk[at + index] as number);
    this.#left -= length;
    if (this.#left === 0) this.#endPart();
    return length;
  }

  #begin(part: Part, length: number): void {
    this.#part = part;
    this.#left = length;
    this.#field = [];
    if (length === 0) this.#endPart();
  }

  #endPart(): void {
    switch (this.#part) {
      case 'magic':
        return this.#endMagic();
      case 'skippable-size':
        return this.#begin('skipped', this.#number());
      case 'descriptor':
        return this.#endDescriptor();
      case 'header':
        return this.#begin('block-header', 3);
      case 'block-header':
        return this.#endBlockHeader();
      case 'block':
        return this.#isLastBlock ? this.#begin('checksum', this.#hasChecksum ? 4 : 0) : this.#begin('block-header', 3);
      case 'checksum':
      case 'skipped':
        return this.#begin('magic', 4);
    }
  }

  #endMagic(): void {
    const magic = this.#number();
    if (!isZstdMagic(magic)) throw invalid('what follows a frame is not another one');
    this.#isSkipping = magic !== frameMagic;
    if (this.#isSkipping) this.#begin('skippable-size', 4);
    else this.#begin('descriptor', 1);
  }

  /** RFC 8878 3.1.1.1.1: which fields the rest of the header has. */
  #endDescriptor(): void {
    const descriptor = this.#number();
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const sizeFlag = descriptor >> 6;
    const contentSize = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** sizeFlag;
    const dictionary = [0, 1, 2, 4][descriptor & 3] as number;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#begin('header', (isSingleSegment ? 0 : 1) + dictionary + contentSize);
  }

  /** RFC 8878 3.1.1.2: last flag, type, size; a run-length block stores one byte. */
  #endBlockHeader(): void {
    const header = this.#number();
    this.#isLastBlock = (header & 1) !== 0;
    const isRun = ((header >> 1) & 3) === 1;
    this.#begin('block', isRun ? 1 : header >>> 3);
  }

  #number(): number {
    return this.#field.reduceRight((value, byte) => value * 256 + byte, 0);
  }
}

function invalid(reason: string): Error {
  return codecError('CODEC_COMPRESSION_INVALID', { data: { format: 'zstd', reason } });
}
