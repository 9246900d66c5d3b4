import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { HttpHandler, ServedRequest, ServedResponse } from '../src/net/index.ts';
import { makeRegistry, memoryStorage, type Storage } from '../src/oci/registry/server.ts';
import { type BuiltBlob, type BuiltImage, blobsOf } from './image.ts';

/** A request as the registry saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
  readonly status: number;
}

/** Something the registry does wrong, or unusually, for the requests it matches. */
export interface Fault {
  /** Tested against `METHOD path?query`. */
  readonly match: RegExp;
  /** For how many requests; for ever when left out. */
  readonly times?: number;
  readonly act: FaultAction;
}

export type FaultAction =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Sends so many bytes of the right body, then ends the connection. */
  | { readonly kind: 'drop'; readonly after: number }
  /** Ends the connection before any answer. */
  | { readonly kind: 'reset' }
  /** Changes the body, with the headers left as they are unless given. */
  | { readonly kind: 'body'; readonly body: Buffer; readonly headers?: Record<string, string> }
  /** Changes headers only; an empty value takes one away. */
  | { readonly kind: 'headers'; readonly headers: Record<string, string> }
  | { readonly kind: 'endless' }
  /** Sends the head and then nothing. */
  | { readonly kind: 'stall' };

/** How the registry wants to be asked. */
export type RegistryAuth =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | {
      readonly kind: 'token';
      /** Without a login everybody gets a token. */
      readonly username?: string;
      readonly password?: string;
      readonly identityToken?: string;
      /** Where the token service is said to be, instead of here. */
      readonly realm?: string;
    };

export interface TestRegistryOptions {
  readonly auth?: RegistryAuth;
  readonly faults?: readonly Fault[];
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface TestRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly seen: readonly SeenRequest[];
  readonly storage: Storage;
  fail(fault: Fault): void;
  /** Puts an image in without any request. */
  put(repository: string, tag: string, image: BuiltImage): Promise<void>;
  /** Puts blobs and a manifest of any kind in. */
  putManifest(repository: string, tag: string, manifest: BuiltBlob, blobs: readonly BuiltBlob[]): Promise<void>;
}

/** The token that the registry's token service gives out. */
export const testToken = 'test-token';

/** Our own registry on loopback, with faults. A request outside the protocol fails the test. */
export async function startRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const storage = memoryStorage();
  const handler = makeRegistry(storage).handle;
  const faults = (options.faults ?? []).map((fault) => ({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  const seen: SeenRequest[] = [];
  const unmatched: string[] = [];
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = incoming.url ?? '/';
    if (!/^\/(v2\/|token)/.test(url)) unmatched.push(url);
    const request = toServed(incoming);
    const fault = faults.find(({ match, left }) => left > 0 && match.test(`${incoming.method} ${url}`));
    if (fault !== undefined) fault.left--;
    const answer =
      authorize(options.auth, request, `${options.tls ? 'https' : 'http'}://${host}`) ?? (await handler(request));
    await send(answer, fault?.act, incoming, outgoing);
    const { authorization, range } = incoming.headers;
    seen.push({ method: incoming.method ?? '', path: url, authorization, range, status: outgoing.statusCode });
  };
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    void serve(incoming, outgoing).catch((error: unknown) => {
      // Who gives up in the middle of a request is not outside the protocol.
      if (incoming.complete) unmatched.push(`${incoming.url}: ${String(error)}`);
      outgoing.destroy();
    });
  };
  const server: Server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    if (unmatched.length > 0) throw new RangeError(`the test registry got unmatched requests: ${unmatched.join(', ')}`);
  });
  const put = makePut(handler);
  return {
    host,
    seen,
    storage,
    fail: (fault) => void faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    put: (repository, tag, image) => put(repository, tag, image.manifest, blobsOf(image).slice(0, -1)),
    putManifest: put,
  };
}

function makePut(handler: HttpHandler): TestRegistry['putManifest'] {
  const call = async (method: string, path: string, body: Buffer, type: string): Promise<void> => {
    const stream = (async function* (): AsyncGenerator<Buffer> {
      yield body;
    })();
    const request = { method, url: new URL(path, 'http://localhost'), headers: { 'content-type': type }, body: stream };
    const { status, body: answer } = await handler(request);
    if (status !== 201) throw new RangeError(`${method} ${path} gave ${status} ${String(answer)}`);
  };
  return async (repository, tag, manifest, blobs) => {
    for (const { digest, bytes, mediaType } of blobs) {
      const path = `/v2/${repository}/${/manifest|index/.test(mediaType) ? `manifests/${digest}` : `blobs/uploads/?digest=${digest}`}`;
      await call(path.includes('/manifests/') ? 'PUT' : 'POST', path, bytes, mediaType);
    }
    await call('PUT', `/v2/${repository}/manifests/${tag}`, manifest.bytes, manifest.mediaType);
  };
}

function toServed(incoming: IncomingMessage): ServedRequest {
  return {
    method: incoming.method ?? '',
    url: new URL(incoming.url ?? '/', 'http://localhost'),
    headers: incoming.headers as Record<string, string | undefined>,
    body: incoming as AsyncIterable<Buffer>,
  };
}

/** The challenge, the token, or nothing when the request may pass. */
function authorize(auth: RegistryAuth | undefined, request: ServedRequest, origin: string): ServedResponse | undefined {
  if (auth === undefined) return undefined;
  if (request.url.pathname === '/token') return giveToken(auth, request);
  const { authorization } = request.headers;
  if (auth.kind === 'basic') {
    if (authorization === basic(auth.username, auth.password)) return undefined;
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="test, with a \\"comma\\""' }, body: '{}' };
  }
  if (authorization === `Bearer ${testToken}`) return undefined;
  const realm = auth.realm ?? `${origin}/token`;
  const challenge = `Bearer realm="${realm}",service="test",scope="repository:wished:pull"`;
  return { status: 401, headers: { 'www-authenticate': challenge }, body: '{}' };
}

function giveToken(auth: RegistryAuth, { method, headers }: ServedRequest): ServedResponse {
  const given = (): ServedResponse => ({ status: 200, body: JSON.stringify({ token: testToken }) });
  if (auth.kind !== 'token') return { status: 404 };
  if (method === 'POST') return auth.identityToken === undefined ? { status: 401 } : given();
  if (auth.username === undefined) return given();
  return headers['authorization'] === basic(auth.username, auth.password ?? '') ? given() : { status: 401, body: '{}' };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function send(
  answer: ServedResponse,
  fault: FaultAction | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  incoming.resume();
  const body = incoming.method === 'HEAD' ? Buffer.alloc(0) : await wholeBody(answer);
  const headers = { 'content-length': String(body.length), ...answer.headers };
  switch (fault?.kind) {
    case undefined:
      outgoing.writeHead(answer.status, headers).end(body);
      return;
    case 'status':
      outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? '{}');
      return;
    case 'reset':
      outgoing.destroy();
      return;
    case 'drop':
      outgoing.writeHead(answer.status, headers);
      outgoing.write(body.subarray(0, fault.after), () => outgoing.destroy());
      return;
    case 'stall':
      outgoing.writeHead(answer.status, headers);
      outgoing.flushHeaders();
      return;
    case 'body':
      outgoing.writeHead(answer.status, { ...headers, 'content-length': String(fault.body.length), ...fault.headers });
      outgoing.end(fault.body);
      return;
    case 'headers':
      outgoing.writeHead(answer.status, withoutEmpty({ ...headers, ...fault.headers })).end(body);
      return;
    case 'endless':
      sendEndless(answer.status, outgoing);
  }
}

function withoutEmpty(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

function sendEndless(status: number, outgoing: ServerResponse): void {
  const piece = Buffer.alloc(65_536, ' ');
  outgoing.writeHead(status);
  const more = (): void => {
    while (!outgoing.destroyed && outgoing.write(piece));
  };
  outgoing.on('drain', more);
  more();
}

async function wholeBody({ body }: ServedResponse): Promise<Buffer> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body ?? '');
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
