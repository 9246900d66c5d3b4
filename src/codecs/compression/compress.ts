import { constants, createGzip } from 'node:zlib';
import { chunkSize, through } from './through.ts';

/**
 * Packs with gzip (RFC 1952), quickly rather than tightly unless told otherwise: the same bytes give the same bytes.
 * A chunk is valid until the next one is asked for.
 */
export function gzip(
  source: AsyncIterable<Uint8Array>,
  level: number = constants.Z_BEST_SPEED,
): AsyncGenerator<Buffer, void, undefined> {
  return through(source, { format: 'gzip', stream: createGzip({ chunkSize, level }) });
}
