import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

/** Packs with gzip (RFC 1952), quickly rather than tightly: the same bytes give the same bytes. */
export function gzip(source: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  const packed = createGzip({ level: 1, chunkSize: 256 * 1024 });
  // What goes wrong ends the stream that is read, with the same error.
  pipeline(Readable.from(copied(source)), packed, () => undefined);
  return packed;
}

/** A chunk may be valid only until the next one is asked for, and the thread that packs is not waited for. */
async function* copied(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) yield Buffer.from(chunk);
}
