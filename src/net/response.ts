import type { IncomingMessage } from 'node:http';
import type { HttpResponse } from '../core/index.ts';
import { collectBytes } from '../kit/collect.ts';
import { fromSocket, netError } from './errors.ts';

/** An answer whose body is bounded and fails with coded errors. */
export function toResponse(incoming: IncomingMessage, host: string, limit: number): HttpResponse {
  return {
    status: incoming.statusCode ?? 0,
    headers: toHeaders(incoming),
    body: readBody(incoming, host, limit),
    discard: () => void incoming.destroy(),
  };
}

/** A whole small body. @throws NET_RESPONSE_TOO_LARGE, NET_CONNECTION_LOST */
export async function readWholeBody(response: HttpResponse, host: string, limit: number): Promise<Buffer> {
  const bytes = await collectBytes(response.body, limit);
  if (bytes !== undefined) return bytes;
  response.discard();
  throw netError('NET_RESPONSE_TOO_LARGE', { data: { host, limit } });
}

/** Reads a body of no interest to its end when it is short, so that the connection can be used again. */
export async function drain(response: HttpResponse): Promise<void> {
  const short = 64 * 1024;
  const rest = await collectBytes(response.body, short).catch(() => undefined);
  if (rest === undefined) response.discard();
}

function toHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headersDistinct)) headers[name] = value?.join(', ');
  return headers;
}

async function* readBody(
  incoming: IncomingMessage,
  host: string,
  limit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  try {
    for await (const chunk of incoming) {
      length += (chunk as Buffer).length;
      if (length > limit) throw netError('NET_RESPONSE_TOO_LARGE', { data: { host, limit } });
      yield chunk as Buffer;
      release(chunk as Buffer);
    }
  } catch (error) {
    throw fromSocket(error, host, true);
  }
}

/**
 * Frees the memory of a chunk that was used up, instead of leaving it to the garbage collector, which would let some
 * 64 MiB of them gather. Parts of one read come in order, so the one at the end of its memory is the last.
 */
function release({ buffer, byteOffset, length }: Buffer): void {
  // What a socket reads has memory of its own, never a share of Buffer's pool.
  const isLast = byteOffset + length === buffer.byteLength;
  if (isLast && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
