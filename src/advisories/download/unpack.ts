import { decompress } from '../../codecs/compression/index.ts';
import { type TarSink, TarWalker } from '../../codecs/tar/index.ts';
import { maxMetadataSize } from '../metadata.ts';

export interface UnpackOptions {
  /** Name of the database file in the archive. */
  readonly file: string;
  /** Bytes of the largest database that is taken. */
  readonly maxSize: number;
  /** Receives the whole of metadata.json. */
  readonly onMetadata: (bytes: Buffer) => void;
}

const limits = { maxEntries: 100, maxMetadata: 64 * 1024 };

/**
 * The database file inside a packed artifact layer, as it streams by; all other members but metadata.json are passed
 * over, and nothing is written by their names. Yields nothing when there is no such file.
 * @throws CODEC_*, and what `fail` makes when the file is too large or comes twice
 */
export async function* unpackDatabase(
  packed: AsyncIterable<Buffer>,
  options: UnpackOptions,
  fail: (reason: string) => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pending: Buffer[] = [];
  let seen = false;
  const walker = new TarWalker((entry) => {
    const name = entry.path.replace(/^\.\//, '');
    if (entry.type !== 'file') return undefined;
    if (name === 'metadata.json' && entry.size <= maxMetadataSize) return collect(entry.size, options.onMetadata);
    if (name !== options.file) return undefined;
    if (entry.size > options.maxSize)
      throw fail(`${name} has ${entry.size} bytes, at most ${options.maxSize} are taken`);
    if (seen) throw fail(`${name} is in its layer twice`);
    seen = true;
    return { write: (chunk) => void pending.push(chunk), end: () => undefined };
  }, limits);
  for await (const chunk of decompress(packed)) {
    walker.push(chunk);
    // The pieces are parts of `chunk`, which is gone once the next one is asked for.
    yield* pending.splice(0);
  }
  walker.finish();
}

function collect(size: number, done: (bytes: Buffer) => void): TarSink {
  const bytes = Buffer.alloc(size);
  let length = 0;
  return {
    write(chunk) {
      bytes.set(chunk, length);
      length += chunk.length;
    },
    end: () => done(bytes),
  };
}
