import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubeAccess } from '../src/kube/access.ts';
import { startHttp } from './server.ts';

/** An object as a test API server keeps it. */
export interface TestObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion?: string };
  readonly [member: string]: unknown;
}

export interface TestApiServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly seen: { readonly line: string; readonly authorization: string | undefined }[];
  /** Puts an object below a path as `/api/v1/namespaces/shop/configmaps`, and tells whoever watches. */
  put(path: string, object: TestObject): void;
  remove(path: string, name: string): void;
  read(path: string, name: string): TestObject | undefined;
  /** Answers the next requests that match `METHOD path?query` with this, so many times. */
  fail(match: RegExp, status: number, body?: string, times?: number): void;
  /** Forgets what was before, so that watches have to list anew. */
  forget(): void;
  /** Ends watches, as a server does that goes down. */
  endWatches(): void;
}

interface Watch {
  readonly path: string;
  readonly response: ServerResponse;
}

/** How a test API server is reached, by nobody in particular. */
export function accessTo({ url }: Pick<TestApiServer, 'url'>, namespace: string): KubeAccess {
  return { server: new URL(`${url}/`), isInsecure: false, namespace, credential: { kind: 'none' } };
}

/** An API server that knows the kinds that tests put in, without any rule of its own. */
export async function startApiServer(known: readonly string[] = []): Promise<TestApiServer> {
  const objects = new Map<string, Map<string, TestObject>>(known.map((path) => [path, new Map()]));
  const faults: { match: RegExp; status: number; body: string; times: number }[] = [];
  const watches = new Set<Watch>();
  const seen: TestApiServer['seen'] = [];
  let version = 10;
  let oldest = 0;

  const tell = (path: string, type: string, object: TestObject): void => {
    for (const { path: watched, response } of watches) {
      if (isBelow(path, watched)) response.write(`${JSON.stringify({ type, object })}\n`);
    }
  };
  const put = (path: string, object: TestObject): TestObject => {
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++version) } };
    const kind = objects.get(path) ?? new Map<string, TestObject>();
    objects.set(path, kind.set(object.metadata.name, stored));
    tell(path, 'MODIFIED', stored);
    return stored;
  };
  const remove = (path: string, name: string): void => {
    const object = objects.get(path)?.get(name);
    objects.get(path)?.delete(name);
    if (object !== undefined) tell(path, 'DELETED', withVersion(object, ++version));
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const line = `${request.method} ${request.url}`;
    seen.push({ line, authorization: request.headers.authorization });
    const fault = faults.find(({ match, times }) => times > 0 && match.test(line));
    if (fault !== undefined) {
      fault.times--;
      return answer(response, fault.status, fault.body);
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') return read(url, response);
    write(request.method ?? '', url, body, response);
  }

  function read(url: URL, response: ServerResponse): void {
    const { pathname, searchParams: query } = url;
    if (isGroup(pathname)) return discover(pathname, response);
    const parent = pathname.slice(0, pathname.lastIndexOf('/'));
    const kinds = [...objects].filter(([path]) => isBelow(path, pathname));
    if (kinds.length === 0) {
      const object = objects.get(parent)?.get(pathname.slice(parent.length + 1));
      return object === undefined ? missing(response) : answer(response, 200, JSON.stringify(object));
    }
    if (query.get('watch') === 'true') return watch(pathname, Number(query.get('resourceVersion')), response);
    const all = kinds.flatMap(([, kind]) => [...kind.values()]);
    const [start, limit] = [Number(query.get('continue') ?? 0), Number(query.get('limit') ?? all.length)];
    const more = start + limit < all.length ? { continue: String(start + limit) } : {};
    const metadata = { resourceVersion: String(version), ...more };
    answer(response, 200, JSON.stringify({ kind: 'List', metadata, items: all.slice(start, start + limit) }));
  }

  function watch(path: string, since: number, response: ServerResponse): void {
    if (since < oldest) return answer(response, 410, status(410, 'too old resource version'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(
      `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(version) } } })}\n`,
    );
    const watching = { path, response };
    watches.add(watching);
    response.on('close', () => watches.delete(watching));
  }

  function discover(path: string, response: ServerResponse): void {
    const plurals = [...objects.keys()].filter((kind) => kind.startsWith(`${path}/`));
    if (plurals.length === 0) return missing(response);
    answer(response, 200, JSON.stringify({ resources: plurals.map((kind) => ({ name: kind.split('/').at(-1) })) }));
  }

  function write(method: string, url: URL, body: string, response: ServerResponse): void {
    const path = url.pathname;
    const object = JSON.parse(body) as TestObject;
    if (method === 'POST') return make(path, object, response);
    const parent = path.slice(0, path.lastIndexOf('/'));
    const before = objects.get(parent)?.get(path.slice(parent.length + 1));
    if (before === undefined) return makesMissing(url, parent) ? make(parent, object, response) : missing(response);
    const { resourceVersion } = object.metadata ?? {};
    const isStale = resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion;
    if (isStale) return answer(response, 409, status(409, 'the object has been modified'));
    answer(response, 200, JSON.stringify(put(parent, method === 'PATCH' ? merged(before, object) : object)));
  }

  /** Server-side apply does. */
  function makesMissing({ searchParams }: URL, parent: string): boolean {
    return searchParams.has('fieldManager') && objects.has(parent);
  }

  function make(path: string, object: TestObject, response: ServerResponse): void {
    if (objects.get(path)?.has(object.metadata.name)) return answer(response, 409, status(409, 'already exists'));
    answer(response, 201, JSON.stringify(put(path, object)));
  }

  const host = await startHttp((request, response) => void serve(request, response));
  return {
    url: `http://${host}`,
    seen,
    put: (path, object) => void put(path, object),
    remove,
    read: (path, name) => objects.get(path)?.get(name),
    fail: (match, code, body = status(code, 'as a test wants it'), times = 1) =>
      void faults.push({ match, status: code, body, times }),
    forget() {
      oldest = ++version;
    },
    endWatches() {
      for (const { response } of watches) response.end();
    },
  };
}

/** A Status of the API. */
function status(code: number, message: string): string {
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code });
}

function missing(response: ServerResponse): void {
  answer(response, 404, status(404, 'not found'));
}

function answer(response: ServerResponse, code: number, body: string): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(body);
}

/** Whether a kind's objects are among those of a path, which leaves the namespace out to mean all. */
function isBelow(path: string, asked: string): boolean {
  return path === asked || path.replace(/\/namespaces\/[^/]+(?=\/)/, '') === asked;
}

function isGroup(path: string): boolean {
  return /^\/api\/v1$|^\/apis\/[^/]+\/[^/]+$/.test(path);
}

function withVersion(object: TestObject, version: number): TestObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}

/** RFC 7386, of two levels. */
function merged(before: TestObject, patch: TestObject): TestObject {
  return { ...before, ...patch, metadata: { ...before.metadata, ...patch.metadata } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
