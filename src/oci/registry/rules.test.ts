import { createHash } from 'node:crypto';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../testkit/context.ts';
import { buildImage, buildIndex, descriptor, digestOf, toBlob } from '../../../testkit/image.ts';
import { type Call, calling, pushTestImage, registryStorages } from '../../../testkit/registry-call.ts';
import { diskStorage, sweepDiskStorage } from './disk-storage.ts';
import { makeRegistry, memoryStorage } from './server.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const other = buildImage({ layers: [[{ path: 'b' }]] });
const { bytes, mediaType, digest } = image.manifest;
const blob = Buffer.from('some bytes');
const blobDigest = digestOf(blob);
const etag = `"${digest}"`;

function fresh(options?: Parameters<typeof makeRegistry>[1]): Call {
  return calling(makeRegistry(memoryStorage(), options).handle);
}

async function start(call: Call, repository = 'a'): Promise<string> {
  return (await call(`POST /v2/${repository}/blobs/uploads/`)).headers['location'] ?? '';
}

test.each(registryStorages)(
  '%s: a blob is mounted from anywhere, and gone once the last repository lets go',
  async (_, make) => {
    const call = calling(makeRegistry(make()).handle);
    expect((await call(`POST /v2/b/blobs/uploads/?mount=${blobDigest}`)).status).toBe(202);
    await call(`POST /v2/a/blobs/uploads/?digest=${blobDigest}`, blob);
    expect((await call(`POST /v2/b/blobs/uploads/?mount=${blobDigest}`)).status).toBe(201);
    expect((await call(`POST /v2/b/blobs/uploads/?mount=${blobDigest}&from=b`)).status).toBe(201);
    await call(`DELETE /v2/a/blobs/${blobDigest}`);
    expect((await call(`POST /v2/c/blobs/uploads/?mount=${blobDigest}`)).status).toBe(201);
    expect((await call(`GET /v2/c/blobs/${blobDigest}`)).text).toBe('some bytes');
    await call(`DELETE /v2/b/blobs/${blobDigest}`);
    await call(`DELETE /v2/c/blobs/${blobDigest}`);
    expect((await call(`POST /v2/d/blobs/uploads/?mount=${blobDigest}`)).status).toBe(202);
  },
);

test('the same bytes are one file, however many repositories have them', async () => {
  const directory = temporaryDirectory();
  const call = calling(makeRegistry(diskStorage(directory)).handle);
  await Promise.all(
    ['a', 'b', 'c'].map((repository) => call(`POST /v2/${repository}/blobs/uploads/?digest=${blobDigest}`, blob)),
  );
  const [name = ''] = readdirSync(join(directory, 'blobs'));
  expect(statSync(join(directory, 'blobs', name)).nlink).toBe(4);
  for (const repository of ['a', 'b', 'c']) await call(`DELETE /v2/${repository}/blobs/${blobDigest}`);
  expect(readdirSync(join(directory, 'blobs'))).toEqual([]);
  expect(readdirSync(join(directory, 'staging'))).toEqual([]);
});

test('a manifest by digest brings tags, and says which', async () => {
  const call = fresh();
  await pushTestImage(call, image, 'a', 'first');
  const put = await call(`PUT /v2/a/manifests/${digest}?tag=1&tag=1.2`, bytes, { 'content-type': mediaType });
  expect(put).toMatchObject({ status: 201, headers: { 'oci-tag': '1, 1.2' } });
  expect(JSON.parse((await call('GET /v2/a/tags/list')).text).tags).toEqual(['1', '1.2', 'first']);
  expect((await call(`PUT /v2/a/manifests/${digest}?tag=b@d`, bytes)).status).toBe(400);
  const many = Array.from({ length: 101 }, (_, index) => `tag=${index}`).join('&');
  expect((await call(`PUT /v2/a/manifests/${digest}?${many}`, bytes)).status).toBe(414);
});

test('what a client has already is not sent again', async () => {
  const call = fresh();
  await pushTestImage(call, image, 'a', '1');
  await call(`POST /v2/a/blobs/uploads/?digest=${blobDigest}`, blob);
  expect((await call('GET /v2/a/manifests/1')).headers['etag']).toBe(etag);
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
    expect(await call('GET /v2/a/manifests/1', '', { 'if-none-match': known })).toMatchObject({
      status: 304,
      text: '',
    });
  }
  expect((await call('GET /v2/a/manifests/1', '', { 'if-none-match': '"x"' })).status).toBe(200);
  const blobTag = `"${blobDigest}"`;
  expect((await call(`GET /v2/a/blobs/${blobDigest}`, '', { 'if-none-match': blobTag })).status).toBe(304);
  const rest = (condition: string) =>
    call(`GET /v2/a/blobs/${blobDigest}`, '', { range: 'bytes=5-', 'if-range': condition });
  expect(await rest(blobTag)).toMatchObject({ status: 206, text: 'bytes' });
  expect(await rest('"x"')).toMatchObject({ status: 200, text: 'some bytes' });
  expect((await call(`HEAD /v2/a/blobs/${blobDigest}`, '', { range: 'bytes=5-' })).headers['content-length']).toBe(
    '10',
  );
});

test('a tag is changed only when it is what the client believes', async () => {
  const call = fresh();
  await pushTestImage(call, image, 'a', '1');
  await pushTestImage(call, other, 'a', '2');
  const put = (headers: Record<string, string>, tag = '1') =>
    call(`PUT /v2/a/manifests/${tag}`, other.manifest.bytes, { 'content-type': mediaType, ...headers });
  expect((await put({ 'if-match': `"${other.manifest.digest}"` })).status).toBe(412);
  expect((await put({ 'if-none-match': '*' })).status).toBe(412);
  expect((await put({ 'if-match': '*' }, 'new')).status).toBe(412);
  expect((await call('GET /v2/a/manifests/1')).text).toBe(bytes.toString());
  expect((await put({ 'if-match': etag })).status).toBe(201);
  expect((await put({ 'if-none-match': '*' }, 'new')).status).toBe(201);
  expect((await call('DELETE /v2/a/manifests/1', '', { 'if-match': etag })).status).toBe(412);
  const now = `"${other.manifest.digest}"`;
  expect((await call('DELETE /v2/a/manifests/1', '', { 'if-match': now })).status).toBe(202);
});

test('of writers that all expect the old tag one wins', async () => {
  const call = fresh();
  await pushTestImage(call, image, 'a', '1');
  const variants = Array.from({ length: 8 }, (_, index) =>
    JSON.stringify({ ...JSON.parse(bytes.toString()), annotations: { writer: `${index}` } }),
  );
  const answers = await Promise.all(
    variants.map((text) => call('PUT /v2/a/manifests/1', text, { 'content-type': mediaType, 'if-match': etag })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...new Array(7).fill(412)]);
});

test('a manifest is what the request says it is', async () => {
  const call = fresh();
  await pushTestImage(call, image, 'a', '1');
  const put = (type: string, text = bytes.toString()) => call('PUT /v2/a/manifests/2', text, { 'content-type': type });
  expect((await put('application/vnd.oci.image.index.v1+json')).status).toBe(400);
  expect((await put('application/octet-stream')).status).toBe(201);
  const { mediaType: _, ...silent } = JSON.parse(bytes.toString());
  expect((await put(`${mediaType}; charset=utf-8`, JSON.stringify(silent))).status).toBe(201);
  expect((await call('GET /v2/a/manifests/2')).headers['content-type']).toBe(mediaType);
  expect((await put('a\nb', JSON.stringify(silent))).status).toBe(400);
});

test('sparse manifests are taken only where that is allowed', async () => {
  const index = buildIndex([image, other]);
  const put = (call: Call) => call('PUT /v2/a/manifests/1', index.bytes, { 'content-type': index.mediaType });
  expect((await put(fresh())).status).toBe(404);
  const call = fresh({ allowSparse: true });
  expect((await put(call)).status).toBe(201);
  expect((await call('GET /v2/a/manifests/1')).text).toBe(index.bytes.toString());
});

test('a registry that is read only answers reads', async () => {
  const storage = memoryStorage();
  const writer = calling(makeRegistry(storage).handle);
  await pushTestImage(writer, image, 'a', '1');
  const call = calling(makeRegistry(storage, { readOnly: true }).handle);
  expect((await call('GET /v2/a/manifests/1')).status).toBe(200);
  for (const line of [
    'POST /v2/a/blobs/uploads/',
    'PUT /v2/a/manifests/1',
    'DELETE /v2/a/manifests/1',
    `DELETE /v2/a/blobs/${image.config.digest}`,
    `PATCH ${await start(writer)}`,
  ]) {
    expect([line, (await call(line)).status]).toEqual([line, 405]);
  }
  expect((await call('DELETE /v2/a/manifests/1')).headers['allow']).toBe('GET, HEAD');
});

test('where nothing is deleted, uploads are given up all the same', async () => {
  const call = fresh({ allowDelete: false });
  await pushTestImage(call, image, 'a', '1');
  expect((await call('DELETE /v2/a/manifests/1')).status).toBe(405);
  expect((await call(`DELETE /v2/a/blobs/${image.config.digest}`)).status).toBe(405);
  expect((await call(`DELETE ${await start(call)}`)).status).toBe(204);
});

test('a blob has a largest size, whether it is said before or not', async () => {
  const call = fresh({ maxBlobSize: 5 });
  const post = (headers: Record<string, string>) =>
    call(`POST /v2/a/blobs/uploads/?digest=${blobDigest}`, blob, headers);
  expect((await post({ 'content-length': '10' })).status).toBe(413);
  expect((await post({})).status).toBe(413);
  const location = await start(call);
  expect((await call(`PATCH ${location}`, 'some')).status).toBe(202);
  expect((await call(`PATCH ${location}`, 'more')).status).toBe(413);
  expect((await call(`GET ${location}`)).status).toBe(404);
});

test('as many uploads are open as there may be, and idle ones are forgotten', async () => {
  let now = 0;
  const call = fresh({ maxUploads: 2, uploadIdleTime: 1000, clock: { now: () => new Date(now) } });
  const first = await start(call);
  now = 900;
  const second = await start(call);
  expect(await call('POST /v2/a/blobs/uploads/')).toMatchObject({ status: 429, headers: { 'retry-after': '5' } });
  now = 1500;
  expect((await call('POST /v2/a/blobs/uploads/')).status).toBe(202);
  expect((await call(`GET ${first}`)).status).toBe(404);
  expect((await call(`GET ${second}`)).status).toBe(204);
});

test('an upload belongs to its repository, and to one request at a time', async () => {
  const call = fresh();
  const location = await start(call);
  expect((await call(`GET ${location.replace('/a/', '/b/')}`)).status).toBe(404);
  const gate = Promise.withResolvers<void>();
  const slow = call(
    `PATCH ${location}`,
    (async function* () {
      yield Buffer.from('some ');
      await gate.promise;
    })(),
  );
  expect((await call(`PATCH ${location}`, 'bytes')).status).toBe(409);
  gate.resolve();
  expect((await slow).headers['range']).toBe('0-4');
  expect((await call(`PUT ${location}?digest=${blobDigest}`, 'bytes')).status).toBe(201);
});

test.each(registryStorages)('%s: a chunk that broke off is gone on with from where it ended', async (_, make) => {
  const call = calling(makeRegistry(make()).handle);
  const location = await start(call);
  const broken = call(
    `PATCH ${location}`,
    (async function* () {
      yield Buffer.from('some');
      throw new RangeError('the line went dead');
    })(),
  );
  await expect(broken).rejects.toThrow('went dead');
  const { range = '' } = (await call(`GET ${location}`)).headers;
  const at = range === '0-0' ? 0 : Number(range.split('-')[1]) + 1;
  const rest = blob.subarray(at);
  const headers = { 'content-range': `${at}-${blob.length - 1}`, 'content-length': String(rest.length) };
  expect((await call(`PUT ${location}?digest=${blobDigest}`, rest, headers)).status).toBe(201);
  expect((await call(`GET /v2/a/blobs/${blobDigest}`)).text).toBe('some bytes');
});

test('ranges of chunks are checked', async () => {
  const call = fresh();
  const location = await start(call);
  const patch = (range: string, length = '4') =>
    call(`PATCH ${location}`, 'some', { 'content-range': range, 'content-length': length });
  expect((await patch('4-7')).status).toBe(416);
  expect((await patch('3-0')).status).toBe(416);
  expect((await patch('some')).status).toBe(416);
  expect((await patch('0-9')).status).toBe(400);
  expect(await patch('bytes 0-3/10')).toMatchObject({ status: 202, headers: { range: '0-3' } });
});

test('digests of other algorithms, foreseen or not', async () => {
  const call = fresh();
  const sha512 = `sha512:${createHash('sha512').update(blob).digest('hex')}`;
  for (const query of ['', '?digest-algorithm=sha512', '?digest-algorithm=md5']) {
    const { headers } = await call(`POST /v2/a/blobs/uploads/${query}`);
    expect((await call(`PUT ${headers['location']}?digest=${sha512}`, blob)).status).toBe(201);
  }
  expect((await call(`GET /v2/a/blobs/${sha512}`)).text).toBe('some bytes');
});

test('referrers come in pages of a bounded size', async () => {
  const call = fresh({ maxReferrersPage: 600 });
  await pushTestImage(call, image, 'a', '1');
  const subject = descriptor(image.manifest);
  for (let index = 0; index < 5; index++) {
    const artifactType = `test/${index % 2 === 0 ? 'even' : 'odd'}`;
    const body = { ...JSON.parse(bytes.toString()), artifactType, subject, annotations: { index: `${index}` } };
    const one = toBlob(Buffer.from(JSON.stringify(body)), mediaType);
    await call(`PUT /v2/a/manifests/${one.digest}`, one.bytes, { 'content-type': mediaType });
  }
  const collect = async (query: string): Promise<string[][]> => {
    const pages: string[][] = [];
    for (let path: string | undefined = `/v2/a/referrers/${digest}${query}`; path !== undefined; ) {
      const answer = await call(`GET ${path}`);
      expect(answer.text.length).toBeLessThan(800);
      pages.push(JSON.parse(answer.text).manifests.map((one: { artifactType: string }) => one.artifactType));
      path = /^<([^>]+)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1];
    }
    return pages;
  };
  const all = await collect('');
  expect(all.length).toBeGreaterThan(1);
  expect(all.flat().sort()).toEqual(['test/even', 'test/even', 'test/even', 'test/odd', 'test/odd']);
  expect((await collect('?artifactType=test%2Feven')).flat()).toEqual(['test/even', 'test/even', 'test/even']);
});

test('a filter that leaves little ends a page before too much was read', async () => {
  const call = fresh({ maxReferrersPage: 100 });
  await pushTestImage(call, image, 'a', '1');
  const subject = descriptor(image.manifest);
  for (let index = 0; index < 8; index++) {
    const body = { ...JSON.parse(bytes.toString()), subject, annotations: { index: `${index}` } };
    await call(`PUT /v2/a/manifests/${index}`, JSON.stringify(body), { 'content-type': mediaType });
  }
  const first = await call(`GET /v2/a/referrers/${digest}?artifactType=none`);
  expect(JSON.parse(first.text).manifests).toEqual([]);
  const [, second = ''] = /^<([^>]+)>; rel="next"$/.exec(first.headers['link'] ?? '') ?? [];
  expect(second).toMatch(/^\/v2\/a\/referrers\/sha256:\w+\?artifactType=none&last=sha256%3A/);
  for (let path = second, count = 0; path !== ''; count++) {
    expect(count).toBeLessThan(8);
    path = /^<([^>]+)>/.exec((await call(`GET ${path}`)).headers['link'] ?? '')?.[1] ?? '';
  }
});

test('what has no room is refused, and what there is stays whole', async () => {
  const storage = memoryStorage(2000);
  const call = calling(makeRegistry(storage).handle);
  await call(`POST /v2/a/blobs/uploads/?digest=${blobDigest}`, blob);
  const large = Buffer.alloc(3000);
  expect(await call(`POST /v2/a/blobs/uploads/?digest=${digestOf(large)}`, large)).toMatchObject({ status: 507 });
  expect((await call(`GET /v2/a/blobs/${blobDigest}`)).text).toBe('some bytes');
  const location = await start(call);
  expect((await call(`PATCH ${location}`, Buffer.alloc(1500))).status).toBe(202);
  expect((await call(`PATCH ${location}`, Buffer.alloc(1500))).status).toBe(507);
  expect((await call(`GET ${location}`)).status).toBe(404);
  expect((await call(`PATCH ${await start(call)}`, Buffer.alloc(1500))).status).toBe(202);
  await expect(storage.write('x', large)).rejects.toThrowCode('OCI_REGISTRY_FULL');
});

test('two servers on one directory: uploads are their own, what is kept is shared', async () => {
  const directory = temporaryDirectory();
  const [one, two] = [0, 1].map(() => calling(makeRegistry(diskStorage(directory)).handle)) as [Call, Call];
  const location = await start(one);
  expect((await two(`GET ${location}`)).status).toBe(404);
  await pushTestImage(one, image, 'a', '1');
  expect((await two('GET /v2/a/manifests/1')).text).toBe(bytes.toString());
  await two(`DELETE /v2/a/manifests/${digest}`);
  expect((await one('GET /v2/a/manifests/1')).status).toBe(404);
});

test('a manifest whose bytes were damaged is not given out', async () => {
  const storage = memoryStorage();
  const call = calling(makeRegistry(storage).handle);
  await pushTestImage(call, image, 'a', '1');
  await storage.write(`repositories/a/_manifests/${digest.replace(':', '-')}`, Buffer.from(`${mediaType}\n{}`));
  expect((await call('GET /v2/a/manifests/1')).status).toBe(404);
});

test('uploads go when the server does, and what crashed servers left goes after a day', async () => {
  const directory = temporaryDirectory();
  const registry = makeRegistry(diskStorage(directory));
  await start(calling(registry.handle));
  await registry.close();
  expect(readdirSync(join(directory, 'uploads'))).toEqual([]);
  await start(calling(makeRegistry(diskStorage(directory)).handle));
  await start(calling(makeRegistry(diskStorage(directory)).handle));
  const [old = '', recent] = readdirSync(join(directory, 'uploads'));
  const path = join(directory, 'uploads', old);
  const yesterday = Date.now() / 1000 - 100_000;
  for (const each of [...readdirSync(path).map((name) => join(path, name)), path])
    utimesSync(each, yesterday, yesterday);
  await sweepDiskStorage(directory, Date.now());
  expect(readdirSync(join(directory, 'uploads'))).toEqual([recent]);
});
