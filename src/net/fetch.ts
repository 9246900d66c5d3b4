import type { AgentOptions, ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent, RequestOptions } from 'node:https';
import type { Fetch, HttpRequest } from '../core/index.ts';
import { onceForEach } from '../kit/memoize.ts';
import { builtin } from './builtin.ts';
import { fromSocket, netError } from './errors.ts';
import { isListed } from './hosts.ts';
import { isOffline } from './offline.ts';
import { toResponse } from './response.ts';

/** Proxies as the environment variables of the same names give them. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Hosts that are contacted directly, separated by commas. */
  readonly noProxy?: string;
}

/** PEM texts of a client certificate and its key. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface FetchOptions {
  readonly proxy?: ProxySettings;
  /** PEM texts of authorities trusted beside those that Node brings. */
  readonly certificateAuthorities?: readonly string[];
  /** Client certificates by host, or host:port. */
  readonly clientCertificates?: Readonly<Record<string, ClientCertificate>>;
  /** Hosts whose certificates are not checked. */
  readonly insecureHosts?: readonly string[];
  /** When given, no other host is contacted. */
  readonly allowedHosts?: readonly string[];
  /** Milliseconds until a connection stands. */
  readonly connectTimeout?: number;
  /** Milliseconds without a byte in either direction. */
  readonly idleTimeout?: number;
  /** Bytes of the largest answer. */
  readonly maxResponseSize?: number;
  readonly userAgent?: string;
  /** A Unix socket that all requests go to, whatever host they name. */
  readonly socketPath?: string;
}

const defaults = { connectTimeout: 30_000, idleTimeout: 60_000, maxResponseSize: 64 * 2 ** 30, userAgent: 'plimsoll' };

/**
 * A client over node:http and node:https that keeps connections alive. It follows no redirects and adds no credentials.
 * @throws NET_*
 */
export function makeFetch(options: FetchOptions = {}): Fetch {
  const settings = { ...defaults, ...options };
  const agents = makeAgents(options);
  return async (request) => {
    const { url } = request;
    if (isOffline()) throw netError('NET_OFFLINE', { data: { target: url.host } });
    if (options.allowedHosts !== undefined && !isListed(url.host, options.allowedHosts)) {
      throw netError('NET_HOST_NOT_ALLOWED', { data: { host: url.host } });
    }
    const agent = url.protocol === 'https:' ? agents.https(url.host) : agents.http;
    const incoming = await exchange(request, { agent, ...settings });
    return toResponse(incoming, url.host, settings.maxResponseSize);
  };
}

function makeAgents(options: FetchOptions): { http: HttpAgent; https: (host: string) => HttpsAgent } {
  return {
    http: new builtin.http.Agent(sharedSettings(options)),
    https: onceForEach((host: string) => agentFor(host, options)),
  };
}

/** How TLS connections to a host are made: its proxy, the authorities, a client certificate, and whether checks are on. */
export function agentFor(host: string, options: FetchOptions): HttpsAgent {
  const extra = options.certificateAuthorities ?? [];
  const client = options.clientCertificates?.[host] ?? options.clientCertificates?.[host.replace(/:\d+$/, '')];
  return new builtin.https.Agent({
    ...sharedSettings(options),
    ...(extra.length > 0 && { ca: [...builtin.tls.getCACertificates('default'), ...extra] }),
    ...(client !== undefined && { cert: client.certificate, key: client.key }),
    ...(isListed(host, options.insecureHosts ?? []) && { rejectUnauthorized: false }),
  });
}

function sharedSettings(options: FetchOptions): AgentOptions {
  const proxyEnv = toProxyEnv(options.proxy);
  return { keepAlive: true, maxFreeSockets: 16, ...(proxyEnv !== undefined && { proxyEnv }) };
}

function toProxyEnv(proxy: ProxySettings | undefined): NodeJS.ProcessEnv | undefined {
  if (proxy?.httpProxy === undefined && proxy?.httpsProxy === undefined) return undefined;
  return {
    ...(proxy.httpProxy !== undefined && { HTTP_PROXY: proxy.httpProxy }),
    ...(proxy.httpsProxy !== undefined && { HTTPS_PROXY: proxy.httpsProxy }),
    ...(proxy.noProxy !== undefined && { NO_PROXY: proxy.noProxy }),
  };
}

interface Exchange {
  readonly agent: HttpAgent;
  readonly connectTimeout: number;
  readonly idleTimeout: number;
  readonly userAgent: string;
  readonly socketPath?: string;
}

/** Sends the request and resolves when the head of the answer is there. */
function exchange(request: HttpRequest, settings: Exchange): Promise<IncomingMessage> {
  const { url, signal } = request;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(signal?.aborted ? signal.reason : fromSocket(error, url.host, false));
    };
    try {
      signal?.throwIfAborted();
      const outgoing = open(request, settings);
      limitTime(outgoing, url.host, settings);
      outgoing.on('error', fail);
      outgoing.on('response', resolve);
      void send(outgoing, request.body).catch((error: unknown) => {
        outgoing.destroy();
        reject(error);
      });
    } catch (error) {
      fail(error);
    }
  });
}

function open({ url, method, headers, signal, body }: HttpRequest, settings: Exchange): ClientRequest {
  const options: RequestOptions = {
    method,
    agent: settings.agent as HttpsAgent,
    ...(settings.socketPath !== undefined && { socketPath: settings.socketPath }),
    headers: {
      'user-agent': settings.userAgent,
      'accept-encoding': 'identity',
      ...(body instanceof Uint8Array && { 'content-length': String(body.length) }),
      ...headers,
    },
    ...(signal !== undefined && { signal }),
  };
  return url.protocol === 'https:' ? builtin.https.request(url, options) : builtin.http.request(url, options);
}

function limitTime(outgoing: ClientRequest, host: string, { connectTimeout, idleTimeout }: Exchange): void {
  let answer: IncomingMessage | undefined;
  const expire = (milliseconds: number) => (): void => {
    // Once there is an answer, its reader is the one to be told.
    (answer ?? outgoing).destroy(netError('NET_TIMEOUT', { data: { host, milliseconds } }));
  };
  outgoing.once('response', (incoming) => {
    answer = incoming;
  });
  const connecting = setTimeout(expire(connectTimeout), connectTimeout);
  const connected = (): void => clearTimeout(connecting);
  outgoing.on('close', connected);
  outgoing.on('socket', (socket) => {
    // A socket that is used again stands already, and would gather listeners.
    if (!socket.connecting) connected();
    else socket.once(outgoing.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
  });
  outgoing.setTimeout(idleTimeout, expire(idleTimeout));
}

async function send(outgoing: ClientRequest, body: HttpRequest['body']): Promise<void> {
  if (body === undefined || body instanceof Uint8Array) {
    outgoing.end(body);
    return;
  }
  for await (const chunk of body) {
    if (outgoing.destroyed) return;
    // The callback comes once the chunk was handed on, so that its memory may be used again.
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
