import { ociError } from '../errors.ts';
import type { Descriptor } from '../manifest.ts';

/** A blob to be pushed; `open` may be called again when an attempt fails. */
export interface BlobUpload extends Pick<Descriptor, 'digest' | 'size'> {
  open(): Uint8Array | AsyncIterable<Uint8Array>;
}

/** One pass over the source of a blob. */
interface Pass {
  readonly source: AsyncIterator<Uint8Array>;
  rest: Uint8Array;
  position: number;
  /** Somebody still reads: a request that was given up may not share with the one that follows. */
  isBusy: boolean;
}

/** The bytes of a blob in pieces that are not gathered; opens the source anew only when it has to go back. */
export class BlobReading {
  readonly blob: BlobUpload;
  #pass: Pass | undefined;

  constructor(blob: BlobUpload) {
    this.blob = blob;
  }

  /** Exactly `length` bytes from `offset`. @throws OCI_DIGEST_MISMATCH when the source is shorter than its size says */
  async *bytes(offset: number, length: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (length === 0) return;
    const pass = await this.#passAt(offset);
    pass.isBusy = true;
    for await (const _ of this.#read(pass, offset - pass.position));
    yield* this.#read(pass, length);
    pass.isBusy = false;
  }

  async close(): Promise<void> {
    await this.#pass?.source.return?.(undefined);
    this.#pass = undefined;
  }

  async #passAt(offset: number): Promise<Pass> {
    if (this.#pass !== undefined && !this.#pass.isBusy && this.#pass.position <= offset) return this.#pass;
    await this.close();
    this.#pass = { source: toIterator(this.blob.open()), rest: new Uint8Array(0), position: 0, isBusy: false };
    return this.#pass;
  }

  async *#read(pass: Pass, length: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = length; left > 0; ) {
      if (pass.rest.length === 0) {
        const next = await pass.source.next();
        if (next.done === true) throw ociError('OCI_DIGEST_MISMATCH', { data: { digest: this.blob.digest } });
        pass.rest = next.value;
      }
      const part = pass.rest.subarray(0, left);
      pass.rest = pass.rest.subarray(part.length);
      pass.position += part.length;
      left -= part.length;
      if (part.length > 0) yield part;
    }
  }
}

function toIterator(source: Uint8Array | AsyncIterable<Uint8Array>): AsyncIterator<Uint8Array> {
  return (source instanceof Uint8Array ? single(source) : source)[Symbol.asyncIterator]();
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
