import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeError, type Logger } from '../core/index.ts';
import { netError } from './errors.ts';

export interface ServedRequest {
  readonly method: string;
  /** Path and query; the host is of no meaning. */
  readonly url: URL;
  /** Keys in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: AsyncIterable<Buffer>;
}

export interface ServedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
}

/** Answers one request; what it throws becomes a bare 500. */
export type HttpHandler = (request: ServedRequest) => Promise<ServedResponse>;

export interface ServeOptions {
  /** Loopback unless given: other machines are let in on purpose only. */
  readonly address?: string;
  /** 0, or left out, takes any free port. */
  readonly port?: number;
  readonly log: Logger;
}

export interface RunningServer {
  /** `address:port`. */
  readonly host: string;
  readonly port: number;
  /** Ends connections and frees the port. */
  close(): Promise<void>;
}

/** Serves plain http. @throws NET_LISTEN_FAILED */
export async function serveHttp(handler: HttpHandler, options: ServeOptions): Promise<RunningServer> {
  const address = options.address ?? '127.0.0.1';
  const server = createServer((incoming, outgoing) => {
    void answer(handler, incoming, outgoing).catch((error: unknown) => {
      options.log.warn('A request could not be answered', { reason: describeError(error) });
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.destroy();
    });
  });
  await listen(server, options.port ?? 0, address);
  const { port } = server.address() as AddressInfo;
  return {
    host: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        netError('NET_LISTEN_FAILED', { data: { address: `${address}:${port}`, reason: error.message }, cause: error }),
      );
    });
    server.listen(port, address, resolve);
  });
}

async function answer(handler: HttpHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await handler(toRequest(incoming));
  const { body } = response;
  const isHead = incoming.method === 'HEAD';
  const length = typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : undefined;
  outgoing.writeHead(response.status, {
    ...(length !== undefined && { 'content-length': length }),
    ...(body === undefined && !isHead && { 'content-length': 0 }),
    ...response.headers,
  });
  // A body that was not wanted must go, or the next request on this connection would start in the middle of it.
  incoming.resume();
  if (isHead || body === undefined) outgoing.end();
  else if (length !== undefined) outgoing.end(body);
  else await sendStream(body as AsyncIterable<Uint8Array>, outgoing);
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

function toRequest(incoming: IncomingMessage): ServedRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headersDistinct)) headers[name] = value?.join(', ');
  return {
    method: incoming.method ?? 'GET',
    url: toUrl(incoming.url ?? '/'),
    headers,
    body: incoming as AsyncIterable<Buffer>,
  };
}

function toUrl(target: string): URL {
  try {
    return new URL(target, 'http://localhost');
  } catch {
    return new URL('http://localhost/');
  }
}
