import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { describeError, type Logger } from '../core/index.ts';
import { answerRequest, type HttpHandler, type ServedRequest, toRequest } from './answer.ts';
import { type Broken, watchBroken } from './broken.ts';
import { builtin } from './builtin.ts';
import { netError } from './errors.ts';
import { type Exchange, watchExchanges } from './exchange.ts';

/** PEM. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  /** Asks clients for a certificate of these authorities; who has none is served too, without a name. */
  readonly clientAuthority?: string;
}

export interface ServeOptions {
  /** Loopback unless given: other machines are let in on purpose only. Empty for every network. */
  readonly address?: string;
  /** 0, or left out, takes any free port. */
  readonly port?: number;
  readonly log: Logger;
  /** Plain http when left out. */
  readonly tls?: ServerTls;
  /** Connections beyond these are closed at once. */
  readonly maxConnections?: number;
  /** Milliseconds after which a connection on which nothing moves is closed. */
  readonly idleTime?: number;
  /** Milliseconds for a handshake, and for the headers of a request. */
  readonly headersTime?: number;
  /** Told of connections that end before there is a request. */
  readonly onBroken?: (why: Broken) => void;
  /** Told of every request at its end. */
  readonly onExchange?: (exchange: Exchange) => void;
}

export interface RunningServer {
  /** `address:port`. */
  readonly host: string;
  readonly port: number;
  /** Ends connections and frees the port. */
  close(): Promise<void>;
  /** Takes nothing new, and waits up to so many milliseconds for requests that are under way before it closes. */
  drain(milliseconds: number): Promise<void>;
  /** Uses other certificates from the next connection on. @throws NET_CERTIFICATE_INVALID, and goes on with those before */
  renew(tls: ServerTls): void;
}

const defaultIdleTime = 120_000;
const defaultHeadersTime = 30_000;
const longestCheck = 1000;
/** A connection between two requests is no longer needed once no more are taken. */
const idleCheck = 50;

/** Serves http, or https. @throws NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID */
export async function serveHttp(handler: HttpHandler, options: ServeOptions): Promise<RunningServer> {
  const address = options.address ?? '127.0.0.1';
  const watch = watchExchanges(options.onExchange);
  const server = makeServer((incoming, outgoing) => {
    const request = toRequest(incoming);
    watch(request, incoming, outgoing);
    void serveOne(handler, request, incoming, outgoing, options.log);
  }, options);
  await listen(server, options.port ?? 0, address);
  const { port } = server.address() as AddressInfo;
  const closed = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return {
    host: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    port,
    close() {
      const done = closed();
      server.closeAllConnections();
      return done;
    },
    async drain(milliseconds) {
      const checking = setInterval(() => server.closeIdleConnections(), idleCheck);
      const limit = setTimeout(() => server.closeAllConnections(), milliseconds);
      await closed();
      clearInterval(checking);
      clearTimeout(limit);
    },
    renew(tls) {
      if ('setSecureContext' in server) checked(() => (server as HttpsServer).setSecureContext(toContext(tls)));
    },
  };
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

function makeServer(listener: Listener, options: ServeOptions): Server {
  const { tls, maxConnections, onBroken, idleTime = defaultIdleTime, headersTime = defaultHeadersTime } = options;
  // A large upload may take any time as long as it moves, so the time is limited between bytes, not as a whole.
  const limits = {
    requestTimeout: 0,
    headersTimeout: headersTime,
    handshakeTimeout: headersTime,
    connectionsCheckingInterval: Math.min(headersTime, longestCheck),
    keepAliveTimeout: Math.min(idleTime, 60_000),
  };
  const server = tls === undefined ? builtin.http.createServer(limits, listener) : makeTlsServer(limits, tls, listener);
  server.timeout = idleTime;
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  if (onBroken !== undefined) watchBroken(server, onBroken);
  return server;
}

function makeTlsServer(limits: object, tls: ServerTls, listener: Listener): Server {
  const clients = { requestCert: tls.clientAuthority !== undefined, rejectUnauthorized: false };
  return checked(() => builtin.https.createServer({ ...limits, ...toContext(tls), ...clients }, listener));
}

function toContext({ cert, key, clientAuthority }: ServerTls): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2', ...(clientAuthority !== undefined && { ca: clientAuthority }) };
}

/** What OpenSSL says names no secret, only what it could not read. @throws NET_CERTIFICATE_INVALID */
function checked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw netError('NET_CERTIFICATE_INVALID', { data: { reason: describeError(error) }, cause: error });
  }
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

async function serveOne(
  handler: HttpHandler,
  request: ServedRequest,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  log: Logger,
): Promise<void> {
  try {
    await answerRequest(handler, request, incoming, outgoing);
  } catch (error) {
    const isGone = incoming.socket.destroyed;
    const say = isGone ? log.debug : log.warn;
    say('A request could not be answered', { reason: describeError(error) });
    if (outgoing.headersSent || isGone) outgoing.destroy();
    else outgoing.writeHead(500, { connection: 'close', 'content-length': 0 }).end();
  }
}
