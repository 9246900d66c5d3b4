import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientOf, type ServedClient } from './client.ts';

export interface ServedRequest {
  readonly method: string;
  /** Path and query; the host is of no meaning. */
  readonly url: URL;
  /** Keys in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Buffer>;
  /** Who sends it, when a certificate was asked for and an authority of ours vouches for it. */
  readonly client?: ServedClient;
}

export interface ServedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** Answers one request; what it throws becomes a bare 500. */
export type HttpHandler = (request: ServedRequest) => Promise<ServedResponse>;

/** Bytes of a body nobody wanted that are read before the connection is given up. */
const maxUnwanted = 2 ** 26;

/** Sends what the handler answers. */
export async function answerRequest(
  handler: HttpHandler,
  request: ServedRequest,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = await handler(request);
  const isHead = incoming.method === 'HEAD';
  const length = typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : undefined;
  const isBare = body === undefined && !isHead && status !== 204 && status !== 304;
  // A body that ends early must end the connection, or who asked would take the next answer for the rest.
  outgoing.strictContentLength = true;
  outgoing.writeHead(status, {
    ...(length !== undefined && { 'content-length': length }),
    ...(isBare && { 'content-length': 0 }),
    ...headers,
  });
  discardRest(incoming);
  if (isHead || body === undefined) outgoing.end();
  else if (length !== undefined) outgoing.end(body);
  else await sendStream(body as AsyncIterable<Uint8Array>, outgoing);
}

/** A body that was not wanted must go, or the next request on this connection would start in the middle of it. */
function discardRest(incoming: IncomingMessage): void {
  let left = maxUnwanted;
  incoming.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) incoming.destroy();
  });
  incoming.resume();
}

async function sendStream(body: AsyncIterable<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  for await (const chunk of body) {
    if (outgoing.destroyed) return;
    await new Promise<void>((resolve) => {
      outgoing.once('close', resolve);
      outgoing.write(chunk, () => {
        outgoing.off('close', resolve);
        resolve();
      });
    });
  }
  outgoing.end();
}

export function toRequest(incoming: IncomingMessage): ServedRequest {
  const client = clientOf(incoming.socket);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headersDistinct)) headers[name] = value?.join(', ');
  return {
    method: incoming.method ?? 'GET',
    url: toUrl(incoming.url ?? '/'),
    headers,
    ...(client !== undefined && { client }),
    // Who stops reading early still wants to answer, which needs the connection.
    body: { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) },
  };
}

function toUrl(target: string): URL {
  try {
    return new URL(target, 'http://localhost');
  } catch {
    return new URL('http://localhost/');
  }
}
