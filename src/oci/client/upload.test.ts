import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { inPieces } from '../../../testkit/context.ts';
import { buildImage, digestOf } from '../../../testkit/image.ts';
import { startRegistry } from '../../../testkit/registry.ts';
import { startHttp } from '../../../testkit/server.ts';
import type { Digest, Fetch } from '../../core/index.ts';
import { makeFetch } from '../../net/index.ts';
import type { BlobUpload } from './blob-reading.ts';
import type { RemoteRepository } from './client.ts';
import type { PushOptions } from './push.ts';

const bytes = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index) % 251));
const digest = digestOf(bytes) as Digest;

function toUpload(opened: { count: number } = { count: 0 }): BlobUpload {
  const open = (): AsyncIterable<Uint8Array> => {
    opened.count++;
    return inPieces(bytes, 999);
  };
  return { digest, size: bytes.length, open };
}

interface Cut {
  readonly method: string;
  /** Bytes that arrive before the connection ends. */
  readonly after: number;
  /** The upload is forgotten too. */
  readonly forgets?: boolean;
  /** What is answered instead of ending the connection. */
  readonly status?: number;
}

interface UploadServer {
  readonly repository: RemoteRepository;
  readonly requests: string[];
  readonly stored: () => Buffer;
}

/** A server that keeps what arrives of uploads, and cuts the connections that it is told to. */
async function startUploads(cuts: Cut[]): Promise<UploadServer> {
  const requests: string[] = [];
  const state = { received: Buffer.alloc(0), stored: Buffer.alloc(0) };
  const host = await startHttp(async (incoming, outgoing) => {
    const { method = '', headers, url } = incoming;
    const range = headers['content-range'];
    if (url !== '/v2/') requests.push(range === undefined ? method : `${method} ${range}`);
    const rule = takeCut(cuts, method);
    const isWhole = rule?.status !== undefined || (await receive(incoming, state, rule));
    if (!isWhole) return void outgoing.destroy();
    const status = rule?.status ?? statusOf(method, state);
    const location = '/v2/app/blobs/uploads/1?state=x';
    outgoing.writeHead(status, { location, range: `0-${state.received.length - 1}` }).end();
  });
  const fetch = makeFetch({ idleTimeout: 2000 });
  return {
    repository: testClient({ fetch }).repository({ registry: host, repository: 'app' }),
    requests,
    stored: () => state.stored,
  };
}

/** False when the connection is to be cut. */
async function receive(
  body: AsyncIterable<Buffer>,
  state: { received: Buffer },
  rule: Cut | undefined,
): Promise<boolean> {
  const start = state.received.length;
  for await (const chunk of body) {
    state.received = Buffer.concat([state.received, chunk]);
    if (rule === undefined || state.received.length < start + rule.after) continue;
    state.received = state.received.subarray(0, rule.forgets ? 0 : start + rule.after);
    return false;
  }
  return true;
}

function takeCut(cuts: Cut[], method: string): Cut | undefined {
  const index = cuts.findIndex((cut) => cut.method === method);
  return index < 0 ? undefined : cuts.splice(index, 1)[0];
}

/** What a request without a fault does. */
function statusOf(method: string, state: { received: Buffer; stored: Buffer }): number {
  if (method === 'HEAD') return state.stored.length > 0 ? 200 : 404;
  if (method === 'POST') state.received = Buffer.alloc(0);
  if (method === 'PUT') state.stored = state.received;
  return { GET: 204, DELETE: 204, PUT: 201 }[method] ?? 202;
}

test.each<[string, Cut[], PushOptions, string[]]>([
  ['at once', [], {}, ['PUT']],
  ['in pieces', [], { chunkSize: 20_000 }, ['PATCH 0-19999', 'PATCH 20000-39999', 'PATCH 40000-49999', 'PUT']],
  ['at once, after a cut', [{ method: 'PUT', after: 30_000 }], {}, ['PUT', 'GET', 'PUT 30000-49999']],
  [
    'in pieces, after a cut in the first',
    [{ method: 'PATCH', after: 15_000 }],
    { chunkSize: 20_000 },
    ['PATCH 0-19999', 'GET', 'PATCH 15000-34999', 'PATCH 35000-49999', 'PUT'],
  ],
  [
    'at once, after the upload was forgotten',
    [{ method: 'PUT', after: 30_000, forgets: true }],
    {},
    ['PUT', 'GET', 'DELETE', 'POST', 'PUT'],
  ],
  [
    'in pieces, where another length is kept than was thought',
    [{ method: 'PATCH', after: 0, status: 416 }],
    { chunkSize: 50_000 },
    ['PATCH 0-49999', 'GET', 'DELETE', 'POST', 'PATCH 0-49999', 'PUT'],
  ],
  [
    'in smaller pieces where one body is too large',
    [{ method: 'PUT', after: 0, status: 413 }],
    {},
    ['PUT', 'DELETE', 'POST', 'PATCH 0-49999', 'PUT'],
  ],
])('a blob arrives %s', async (_, cuts, options, expected) => {
  const server = await startUploads(cuts);
  expect(await server.repository.pushBlob(toUpload(), options)).toBe('pushed');
  expect(server.stored().equals(bytes)).toBe(true);
  expect(server.requests).toEqual(['HEAD', 'POST', ...expected]);
});

test('the registry may ask for larger pieces', async () => {
  const registry = await startRegistry({
    faults: [{ match: /POST/, act: { kind: 'headers', headers: { 'oci-chunk-min-length': '30000' } } }],
  });
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  await repository.pushBlob(toUpload(), { chunkSize: 100 });
  expect(registry.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
});

test('a source is opened once for all its pieces', async () => {
  const registry = await startRegistry();
  const opened = { count: 0 };
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  await repository.pushBlob(toUpload(opened), { chunkSize: 7000 });
  expect(opened.count).toBe(1);
  expect(await repository.readBlob({ digest }, bytes.length)).toEqual(bytes);
});

test('a connection that is always cut is left after some attempts', async () => {
  const cuts = Array.from({ length: 10 }, () => ({ method: 'PUT', after: 1, forgets: true }));
  const server = await startUploads(cuts);
  await expect(server.repository.pushBlob(toUpload())).rejects.toThrow(/cannot be reached|ended before/);
  expect(cuts).toHaveLength(6);
});

test('a source that is shorter than it says, or fails, ends the upload', async () => {
  const registry = await startRegistry();
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  const short = { ...toUpload(), size: bytes.length + 1 };
  await expect(repository.pushBlob(short)).rejects.toThrowCode('OCI_DIGEST_MISMATCH');
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 10);
    throw new RangeError('the disk is gone');
  };
  await expect(repository.pushBlob({ ...toUpload(), open: failing })).rejects.toThrow('the disk is gone');
  expect(registry.seen.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
});

test('bytes of another digest are refused by the registry', async () => {
  const registry = await startRegistry();
  const repository = testClient().repository({ registry: registry.host, repository: 'app' });
  const other = { ...toUpload(), digest: digestOf(Buffer.from('other')) as Digest };
  await expect(repository.pushBlob(other)).rejects.toThrowCode('OCI_REGISTRY_REFUSED');
});

test('a token that ends in the middle of a push is replaced, and the body is sent whole', async () => {
  const registry = await startRegistry({ auth: { kind: 'token' } });
  const plain = makeFetch();
  let puts = 0;
  const fetch: Fetch = (request) => {
    const isFirst = request.method === 'PUT' && puts++ === 0;
    return plain(isFirst ? { ...request, headers: { ...request.headers, authorization: 'Bearer old' } } : request);
  };
  const repository = testClient({ fetch }).repository({ registry: registry.host, repository: 'app' });
  expect(await repository.pushBlob(toUpload())).toBe('pushed');
  expect(await repository.readBlob({ digest, size: bytes.length }, bytes.length)).toEqual(bytes);
});

test('mounting asks leave to read the other repository too', async () => {
  const registry = await startRegistry({ auth: { kind: 'token' } });
  const image = buildImage({ layers: [[{ path: 'a' }]] });
  await registry.put('base', '1', image);
  const plain = makeFetch();
  const fetch: Fetch = ({ headers: { authorization: _, ...headers } = {}, ...request }) =>
    plain({
      ...request,
      headers: request.method === 'POST' ? headers : { ...headers, ...(_ && { authorization: _ }) },
    });
  const repository = testClient({ fetch }).repository({ registry: registry.host, repository: 'app' });
  const config = {
    digest: image.config.digest as Digest,
    size: image.config.bytes.length,
    open: () => image.config.bytes,
  };
  await expect(repository.pushBlob(config, { mountFrom: 'base' })).rejects.toThrowCode('OCI_UNAUTHORIZED');
  const scopes = registry.seen
    .filter(({ path }) => path.startsWith('/token'))
    .map(({ path }) => decodeURIComponent(path));
  expect(scopes.at(-1)).toContain('scope=repository:app:pull,push&scope=repository:base:pull');
});
