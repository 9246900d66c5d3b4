import type { Logger } from '../../core/index.ts';
import { isLoopback, type ServedRequest, type ServedResponse, serveHttp } from '../../net/index.ts';
import { trustError } from '../errors.ts';

export interface CallbackWish {
  /** Who comes back with another one did not start here. */
  readonly state: string;
  /** Where the browser is sent back to; `http://localhost:PORT/auth/callback` unless given. */
  readonly redirectUrl: string | undefined;
  /** Milliseconds; five minutes unless given. */
  readonly patience: number | undefined;
  readonly log: Logger;
  readonly signal: AbortSignal | undefined;
}

export interface Callback {
  readonly redirectUrl: string;
  /** The address with which the browser came back. @throws TRUST_LOGIN_TIMEOUT */
  readonly answer: Promise<URL>;
  close(): Promise<void>;
}

const usualRedirect = 'http://localhost:0/auth/callback';
/** As long as issuers wait for a person. */
const usualPatience = 5 * 60_000;
const limits = { maxConnections: 16, idleTime: 10_000 };
/** For the last page to reach the browser. */
const farewell = 1000;

/** Waits on this machine for a browser to come back. @throws TRUST_REDIRECT_INVALID, NET_LISTEN_FAILED */
export async function listenForCallback(wish: CallbackWish): Promise<Callback> {
  const { state, redirectUrl, log, signal, patience = usualPatience } = wish;
  const wanted = parseRedirect(redirectUrl ?? usualRedirect);
  const { promise, resolve, reject } = Promise.withResolvers<URL>();
  // Whoever closes before the answer comes waits for none.
  promise.catch(() => undefined);
  const server = await serveHttp(async (request) => answerBrowser(request, wanted, state, resolve), {
    address: addressOf(wanted.hostname),
    port: Number(wanted.port || (redirectUrl === undefined ? 0 : 80)),
    log,
    ...limits,
  });
  if (redirectUrl === undefined) wanted.port = String(server.port);
  const timer = setTimeout(
    () => reject(trustError('TRUST_LOGIN_TIMEOUT', { data: { milliseconds: patience } })),
    patience,
  );
  const abort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  return {
    redirectUrl: wanted.href,
    answer: promise,
    async close() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      await server.drain(farewell);
    },
  };
}

function parseRedirect(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' && isLoopback(url.hostname) && url.search === '' && url.hash === '') return url;
  throw trustError('TRUST_REDIRECT_INVALID', { data: { url: text } });
}

function addressOf(hostname: string): string {
  return hostname === '[::1]' ? '::1' : /^127\./.test(hostname) ? hostname : '127.0.0.1';
}

/** Any page can send a browser here: only an answer with our own state counts, everything else changes nothing. */
function answerBrowser(
  { method, url }: ServedRequest,
  wanted: URL,
  state: string,
  found: (answer: URL) => void,
): ServedResponse {
  if (method !== 'GET' || url.pathname !== wanted.pathname) return page(404, 'There is nothing here.');
  if (url.searchParams.get('state') !== state) return page(400, 'This is not the answer to a login of this program.');
  found(new URL(url.search, wanted));
  return url.searchParams.has('error')
    ? page(200, 'The login was refused. The program says why.')
    : page(200, 'You are logged in. This page may be closed.');
}

function page(status: number, text: string): ServedResponse {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    connection: 'close',
  };
  return { status, headers, body: `<!doctype html><title>Plimsoll</title><p>${text}</p>\n` };
}
