import type { Transform } from 'node:stream';
import { codecError } from '../errors.ts';

/** Large enough that the event loop is not the bottleneck, small enough that all layers can be in flight. */
export const chunkSize: number = 256 * 1024;

/** What a stream of node:zlib makes of the bytes. A chunk is valid until the next one is asked for. @throws CODEC_COMPRESSION_INVALID */
export async function* through(
  source: AsyncIterable<Uint8Array>,
  { format, stream }: { format: string; stream: Transform },
): AsyncGenerator<Buffer, void, undefined> {
  let inputError: unknown;
  const feeding = feed(source, stream).catch((error: unknown) => {
    inputError = error;
    stream.destroy(error as Error);
  });
  try {
    for await (const chunk of stream) {
      yield chunk as Buffer;
      release(chunk as Buffer);
    }
  } catch (error) {
    if (inputError !== undefined) throw inputError;
    const reason = (error as Error).message;
    throw codecError('CODEC_COMPRESSION_INVALID', { data: { format, reason }, cause: error });
  } finally {
    stream.destroy();
    await feeding;
  }
}

/**
 * Frees the memory of a chunk that was used up, instead of leaving it to the garbage collector, which would let some
 * 64 MiB of them gather. A stream is done with a buffer of its own size once the end of it was handed out.
 */
function release(chunk: Buffer): void {
  const { buffer } = chunk;
  const isLast = buffer.byteLength === chunkSize && chunk.byteOffset + chunk.length === buffer.byteLength;
  if (isLast && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

async function feed(source: AsyncIterable<Uint8Array>, stream: Transform): Promise<void> {
  for await (const chunk of source) {
    if (stream.destroyed) return;
    await write(stream, chunk);
  }
  stream.end();
}

/** Resolves once the chunk is used up; the reader learns of errors. A write that fails has no callback, only a close. */
function write(stream: Transform, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    stream.write(chunk, () => {
      stream.off('close', resolve);
      resolve();
    });
  });
}
