import type { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent, RequestOptions } from 'node:https';
import type { Fetch, HttpRequest } from '../core/index.ts';
import { makeAgents } from './agents.ts';
import { builtin } from './builtin.ts';
import { makeRouter } from './endpoints.ts';
import { fromSocket, netError } from './errors.ts';
import type { FetchOptions } from './fetch-options.ts';
import { isListed } from './hosts.ts';
import { isOffline } from './offline.ts';
import { toResponse } from './response.ts';

const defaults = { connectTimeout: 30_000, idleTimeout: 60_000, maxResponseSize: 64 * 2 ** 30, userAgent: 'plimsoll' };

/**
 * A client over node:http and node:https that keeps connections alive. It follows no redirects and adds no credentials.
 * What is allowed is judged by the host that is contacted, after endpoints took their part.
 * @throws NET_*
 */
export function makeFetch(options: FetchOptions = {}): Fetch {
  const settings = { ...defaults, ...options };
  const agents = makeAgents(options);
  const contacted = makeRouter(options.endpoints ?? {});
  return async (request) => {
    const url = contacted(request.url);
    if (isOffline()) throw netError('NET_OFFLINE', { data: { target: url.host } });
    if (options.allowedHosts !== undefined && !isListed(url.host, options.allowedHosts)) {
      throw netError('NET_HOST_NOT_ALLOWED', { data: { host: url.host } });
    }
    const agent = url.protocol === 'https:' ? agents.https(url.host) : agents.http;
    const incoming = await exchange({ ...request, url }, { agent, ...settings });
    const response = toResponse(incoming, url.host, settings.maxResponseSize);
    return url === request.url ? response : { ...response, url };
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
