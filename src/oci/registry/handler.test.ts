import { expect, test } from 'vitest';
import { readAll, recordLog, temporaryDirectory } from '../../../testkit/context.ts';
import { buildImage, buildIndex, digestOf, toBlob } from '../../../testkit/image.ts';
import { calling, pushTestImage, registryStorages as storages } from '../../../testkit/registry-call.ts';
import { makeFetch } from '../../net/index.ts';
import { makeRegistry, memoryStorage, serveRegistry } from './server.ts';

const blob = Buffer.from('some bytes');
const digest = digestOf(blob);
const image = buildImage({ layers: [[{ path: 'a' }]] });

test.each(storages)('keeps blobs in %s: whole, in pieces, mounted, by range, deleted', async (_, make) => {
  const call = calling(makeRegistry(make()).handle);
  expect((await call('GET /v2/')).status).toBe(200);
  expect(await call(`POST /v2/a/blobs/uploads/?digest=${digest}`, blob)).toMatchObject({
    status: 201,
    headers: { location: `/v2/a/blobs/${digest}` },
  });
  const started = await call('POST /v2/b/blobs/uploads/');
  const location = started.headers['location'] ?? '';
  expect(started.status).toBe(202);
  expect((await call(`PATCH ${location}`, 'some ', { 'content-range': '0-4' })).headers['range']).toBe('0-4');
  expect((await call(`PATCH ${location}`, 'late', { 'content-range': '9-12' })).status).toBe(416);
  expect(await call(`GET ${location}`)).toMatchObject({ status: 204, headers: { range: '0-4' } });
  expect((await call(`PUT ${location}?digest=${digest}`, 'bytes', { 'content-range': '5-9' })).status).toBe(201);
  expect((await call(`POST /v2/c/blobs/uploads/?mount=${digest}&from=a`)).status).toBe(201);
  expect((await call(`POST /v2/c/blobs/uploads/?mount=${digest}&from=../../etc`)).status).toBe(202);
  expect((await call(`POST /v2/c/blobs/uploads/?mount=${digest}&from=none`)).status).toBe(202);
  for (const repository of ['a', 'b', 'c'])
    expect((await call(`GET /v2/${repository}/blobs/${digest}`)).text).toBe('some bytes');
  expect(await call(`HEAD /v2/a/blobs/${digest}`)).toMatchObject({
    status: 200,
    headers: { 'content-length': '10', 'docker-content-digest': digest },
  });
  const ranged = (range: string) => call(`GET /v2/a/blobs/${digest}`, '', { range });
  expect(await ranged('bytes=5-')).toMatchObject({
    status: 206,
    text: 'bytes',
    headers: { 'content-range': 'bytes 5-9/10' },
  });
  expect(await ranged('bytes=0-3')).toMatchObject({ status: 206, text: 'some' });
  expect(await ranged('bytes=-2')).toMatchObject({ status: 206, text: 'es' });
  expect((await ranged('bytes=99-')).status).toBe(416);
  expect((await ranged('bytes=-')).status).toBe(416);
  expect((await call(`DELETE /v2/a/blobs/${digest}`)).status).toBe(202);
  expect((await call(`GET /v2/a/blobs/${digest}`)).status).toBe(404);
  expect((await call(`GET /v2/b/blobs/${digest}`)).status).toBe(200);
});

test.each(storages)('keeps manifests in %s: tags, referrers, lists, deletion', async (_, make) => {
  const call = calling(makeRegistry(make()).handle);
  await pushTestImage(call, image, 'org/app', 'v1');
  await pushTestImage(call, image, 'org/app', 'v2');
  await pushTestImage(call, image, 'zeta', 'only');
  const got = await call('GET /v2/org/app/manifests/v1');
  expect(got).toMatchObject({
    status: 200,
    text: image.manifest.bytes.toString(),
    headers: { 'content-type': image.manifest.mediaType, 'docker-content-digest': image.manifest.digest },
  });
  expect((await call(`HEAD /v2/org/app/manifests/${image.manifest.digest}`)).status).toBe(200);
  expect(JSON.parse((await call('GET /v2/org/app/tags/list')).text)).toEqual({ name: 'org/app', tags: ['v1', 'v2'] });
  const page = await call('GET /v2/org/app/tags/list?n=1');
  expect([JSON.parse(page.text).tags, page.headers['link']]).toEqual([
    ['v1'],
    '</v2/org/app/tags/list?n=1&last=v1>; rel="next"',
  ]);
  expect(JSON.parse((await call('GET /v2/org/app/tags/list?n=1&last=v1')).text).tags).toEqual(['v2']);
  expect(JSON.parse((await call('GET /v2/_catalog')).text)).toEqual({ repositories: ['org/app', 'zeta'] });
  const { mediaType, digest: subject, bytes } = image.manifest;
  const signature = toBlob(
    Buffer.from(
      JSON.stringify({
        ...JSON.parse(bytes.toString()),
        artifactType: 'test/signature',
        subject: { mediaType, digest: subject, size: bytes.length },
      }),
    ),
    mediaType,
  );
  const put = await call(`PUT /v2/org/app/manifests/${signature.digest}`, signature.bytes, {
    'content-type': mediaType,
  });
  expect(put).toMatchObject({ status: 201, headers: { 'oci-subject': subject } });
  const referrers = async (query = '') =>
    JSON.parse((await call(`GET /v2/org/app/referrers/${subject}${query}`)).text).manifests;
  expect(await referrers()).toMatchObject([{ digest: signature.digest, artifactType: 'test/signature' }]);
  expect(await referrers('?artifactType=other')).toEqual([]);
  await call(`DELETE /v2/org/app/manifests/${signature.digest}`);
  expect(await referrers()).toEqual([]);
  expect((await call('DELETE /v2/org/app/manifests/v2')).status).toBe(202);
  expect((await call(`DELETE /v2/org/app/manifests/${subject}`)).status).toBe(202);
  expect((await call('GET /v2/org/app/manifests/v1')).status).toBe(404);
  expect((await call('GET /v2/org/app/tags/list')).status).toBe(404);
});

test('an index needs its manifests, by any digest algorithm', async () => {
  const call = calling(makeRegistry(memoryStorage()).handle);
  const index = buildIndex([image]);
  const put = () => call(`PUT /v2/a/manifests/${index.digest}`, index.bytes, { 'content-type': index.mediaType });
  expect((await put()).text).toContain('MANIFEST_BLOB_UNKNOWN');
  await pushTestImage(call, image, 'a', '1');
  expect((await put()).status).toBe(201);
});

const none = `sha256:${'0'.repeat(64)}`;

test.each<[string, string, string, number]>([
  ['GET /v2/a/blobs/sha256:short', '', 'DIGEST_INVALID', 400],
  [`GET /v2/a/blobs/${none}`, '', 'BLOB_UNKNOWN', 404],
  [`POST /v2/a/blobs/uploads/?digest=${none}`, 'x', 'DIGEST_INVALID', 400],
  ['POST /v2/a/blobs/uploads/?digest=x', 'x', 'DIGEST_INVALID', 400],
  ['GET /v2/a/blobs/uploads/%2e%2e%2fetc', '', 'NAME_UNKNOWN', 404],
  ['PATCH /v2/a/blobs/uploads/none', '', 'BLOB_UPLOAD_UNKNOWN', 404],
  ['GET /v2/a/manifests/none', '', 'MANIFEST_UNKNOWN', 404],
  ['GET /v2/a/manifests/b@d', '', 'MANIFEST_INVALID', 400],
  ['PUT /v2/a/manifests/1', '{}', 'MANIFEST_INVALID', 400],
  [`PUT /v2/a/manifests/${none}`, '{}', 'DIGEST_INVALID', 400],
  ['PUT /v2/a/manifests/1', image.manifest.bytes.toString(), 'MANIFEST_BLOB_UNKNOWN', 404],
  ['PUT /v2/a/manifests/1', ' '.repeat(5_000_000), 'SIZE_INVALID', 413],
  ['GET /v2/a/referrers/x', '', 'DIGEST_INVALID', 400],
  ['GET /v2/a/tags/list', '', 'NAME_UNKNOWN', 404],
  ['GET /v2/UPPER/tags/list', '', 'NAME_INVALID', 400],
  ['GET /v2/a%2f..%2f..%2fetc/tags/list', '', 'NAME_INVALID', 400],
  [`GET /v2/${'a/'.repeat(200)}a/tags/list`, '', 'NAME_INVALID', 400],
  ['POST /v2/a/tags/list', '', 'UNSUPPORTED', 405],
  ['GET /v1/search', '', 'NAME_UNKNOWN', 404],
  ['GET /v2/%', '', 'NAME_UNKNOWN', 404],
])('%s is refused', async (line, body, code, status) => {
  const answer = await calling(makeRegistry(memoryStorage()).handle)(line, body);
  expect([answer.status, JSON.parse(answer.text).errors[0].code]).toEqual([status, code]);
});

test('an upload can be given up', async () => {
  const call = calling(makeRegistry(memoryStorage()).handle);
  const { headers } = await call('POST /v2/a/blobs/uploads/');
  const location = headers['location'] ?? '';
  expect((await call(`PUT ${location}?digest=x`)).status).toBe(400);
  expect((await call(`DELETE ${location}`)).status).toBe(204);
  expect((await call(`GET ${location}`)).status).toBe(404);
});

test('an empty blob is a blob', async () => {
  for (const [, make] of storages) {
    const call = calling(makeRegistry(make()).handle);
    const empty = digestOf(Buffer.alloc(0));
    expect((await call(`POST /v2/a/blobs/uploads/?digest=${empty}`)).status).toBe(201);
    expect(await call(`GET /v2/a/blobs/${empty}`)).toMatchObject({ status: 200, text: '' });
  }
});

test('what is on disk is there after a restart', async () => {
  const directory = temporaryDirectory();
  const log = recordLog();
  const first = await serveRegistry({ directory, log });
  await makeFetch()({
    method: 'POST',
    url: new URL(`http://${first.host}/v2/a/blobs/uploads/?digest=${digest}`),
    body: blob,
  });
  await first.close();
  const second = await serveRegistry({ directory, log });
  const response = await makeFetch()({ method: 'GET', url: new URL(`http://${second.host}/v2/a/blobs/${digest}`) });
  expect((await readAll(response.body)).toString()).toBe('some bytes');
  await second.close();
  const memory = await serveRegistry({ log });
  expect((await makeFetch()({ method: 'GET', url: new URL(`http://${memory.host}/v2/`) })).status).toBe(200);
  await memory.close();
});
