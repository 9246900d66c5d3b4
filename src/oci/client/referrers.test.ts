import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { type BuiltBlob, buildImage, descriptor, digestOf, toBlob } from '../../../testkit/image.ts';
import { type Fault, startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import type { Digest, Fetch, HttpRequest, HttpResponse } from '../../core/index.ts';
import { makeFetch } from '../../net/index.ts';
import { mediaTypes } from '../manifest.ts';
import { referrersTag } from '../referrer.ts';
import type { RemoteRepository } from './client.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const subject = image.manifest.digest as Digest;
const empty = toBlob(Buffer.from('{}'), 'application/vnd.oci.empty.v1+json');

/** An artifact that speaks of the image. */
function artifact(artifactType: string, note = ''): BuiltBlob {
  const body = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    artifactType,
    config: descriptor(empty),
    layers: [descriptor(empty)],
    subject: descriptor(image.manifest),
    annotations: { note },
  };
  return toBlob(Buffer.from(JSON.stringify(body)), mediaTypes.ociManifest);
}

/** What a registry of version 1.0 does: no list, and nothing said about subjects. */
const old: readonly Fault[] = [
  { match: /referrers/, act: { kind: 'status', status: 404 } },
  { match: /PUT .*manifests/, act: { kind: 'headers', headers: { 'oci-subject': '' } } },
];

async function started(
  faults: readonly Fault[],
  fetch?: Fetch,
): Promise<{ registry: TestRegistry; open: () => RemoteRepository }> {
  const registry = await startRegistry({ faults });
  await registry.put('app', '1', image);
  const open = (): RemoteRepository =>
    testClient(fetch === undefined ? {} : { fetch }).repository({ registry: registry.host, repository: 'app' });
  await open().pushBlob({ digest: empty.digest as Digest, size: 2, open: () => empty.bytes });
  return { registry, open };
}

function push(repository: RemoteRepository, { digest, bytes, mediaType }: BuiltBlob): Promise<Digest> {
  return repository.pushManifest({ reference: digest, bytes, mediaType });
}

test.each([
  ['the registry lists', [], 'api'],
  ['the tag lists', old, 'tag'],
] as const)('%s what speaks of a manifest', async (_, faults, source) => {
  const { open } = await started(faults);
  const repository = open();
  const [a, b] = [artifact('text/a', 'first'), artifact('text/b')];
  expect(await repository.referrers(subject)).toEqual({ descriptors: [], source });
  expect(await push(repository, a)).toBe(a.digest);
  await push(repository, b);
  await push(repository, b);
  const { descriptors } = await repository.referrers(subject);
  expect(descriptors).toHaveLength(2);
  expect(descriptors).toEqual(
    expect.arrayContaining([
      { ...descriptor(a), artifactType: 'text/a', annotations: { note: 'first' } },
      { ...descriptor(b), artifactType: 'text/b', annotations: { note: '' } },
    ]),
  );
  const filtered = await repository.referrers(subject, { artifactType: 'text/b' });
  expect(filtered.descriptors.map(({ digest }) => digest)).toEqual([b.digest]);
  expect((await repository.head(referrersTag(subject))) !== undefined).toBe(source === 'tag');
  await repository.deleteManifest(a.digest);
  expect((await repository.referrers(subject)).descriptors.map(({ digest }) => digest)).toEqual([b.digest]);
});

/** Adds what our test registry lacks: versions of tags, and writes on condition, one after the other. */
function withConditions(plain: Fetch): Fetch {
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const next = last.then(() => sendOnCondition(plain, request));
    last = next;
    return next;
  };
}

async function sendOnCondition(plain: Fetch, request: HttpRequest): Promise<HttpResponse> {
  const { 'if-match': match, 'if-none-match': none } = request.headers ?? {};
  if (match !== undefined || none !== undefined) {
    const head = await plain({ method: 'HEAD', url: request.url });
    head.discard();
    const etag = head.status === 200 ? etagOf(head) : undefined;
    if (none === undefined ? match !== etag : etag !== undefined) return { ...head, status: 412 };
  }
  const response = await plain(request);
  return { ...response, headers: { ...response.headers, etag: etagOf(response) } };
}

function etagOf({ headers }: HttpResponse): string {
  return `"${headers['docker-content-digest']}"`;
}

test('writers at the same time lose nothing where the registry knows conditions', async () => {
  const { open } = await started(old, withConditions(makeFetch()));
  const artifacts = Array.from({ length: 8 }, (_, index) => artifact('text/a', String(index)));
  await Promise.all(artifacts.map((each) => push(open(), each)));
  const { descriptors } = await open().referrers(subject);
  expect(descriptors.map(({ digest }) => digest).sort()).toEqual(artifacts.map(({ digest }) => digest).sort());
});

test('a list that the registry does not keep is written again, and then a coded error', async () => {
  const { registry, open } = await started(old);
  const lost = (times: number): Fault => ({
    match: /GET .*manifests\/sha256-/,
    times,
    act: { kind: 'status', status: 404 },
  });
  registry.fail(lost(3));
  await push(open(), artifact('text/a'));
  expect((await open().referrers(subject)).descriptors).toHaveLength(1);
  registry.fail(lost(100));
  await expect(push(open(), artifact('text/b'))).rejects.toThrowCode('OCI_REFERRERS_CONTENDED');
});

test('what a list holds beyond what is read is kept', async () => {
  const { registry, open } = await started(old);
  const entry = {
    ...descriptor(image.manifest),
    platform: { os: 'linux', architecture: 'x', 'os.version': '7' },
    data: 'eA==',
  };
  const list = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [entry] };
  await registry.putManifest(
    'app',
    referrersTag(subject),
    toBlob(Buffer.from(JSON.stringify(list)), mediaTypes.ociIndex),
    [],
  );
  await push(open(), artifact('text/a'));
  const { bytes } = await open().manifest(referrersTag(subject));
  expect(JSON.parse(bytes.toString()).manifests[0]).toEqual(entry);
});

test.each([
  ['a page that is no index', 'text/html', '<html>', 'tag'],
  ['an index', mediaTypes.ociIndex, '{"schemaVersion":2,"manifests":[]}', 'api'],
])('a registry that answers with %s', async (_, type, body, source) => {
  const act = { kind: 'body', body: Buffer.from(body), headers: { 'content-type': type } } as const;
  const { open } = await started([{ match: /referrers/, act }]);
  expect((await open().referrers(subject)).source).toBe(source);
});

test.each([
  ['a failure', { kind: 'status', status: 503 }, 'OCI_REGISTRY_FAILED'],
  ['a refusal', { kind: 'status', status: 403 }, 'OCI_FORBIDDEN'],
  [
    'a loop of pages',
    { kind: 'headers', headers: { link: `</v2/app/referrers/${subject}>; rel=next` } },
    'OCI_RESPONSE_INVALID',
  ],
  ['an image', { kind: 'body', body: image.manifest.bytes }, 'OCI_RESPONSE_INVALID'],
] as const)('%s is no empty list', async (_, act, code) => {
  const { open } = await started([{ match: /referrers/, act }]);
  await expect(open().referrers(subject)).rejects.toThrowCode(code);
});

test('the tag that cosign copy gives an image itself is no list, and makes way for one', async () => {
  const { registry, open } = await started(old);
  await registry.put('app', referrersTag(subject), image);
  expect((await open().referrers(subject)).descriptors).toEqual([]);
  const signature = artifact('application/vnd.example.signature');
  await push(open(), signature);
  expect((await open().referrers(subject)).descriptors).toMatchObject([{ digest: signature.digest }]);
});

test('a tag that is no index is no list', async () => {
  const { registry, open } = await started(old);
  await registry.put('app', referrersTag(subject), buildImage({ layers: [[{ path: 'other' }]] }));
  await expect(open().referrers(subject)).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});

test('pages of referrers are put together', async () => {
  const { registry, open } = await started([]);
  const list = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [descriptor(image.manifest)] };
  const body = Buffer.from(JSON.stringify(list));
  const headers = { 'content-type': mediaTypes.ociIndex };
  const link = `</v2/app/referrers/${subject}?page=2>; rel="next"`;
  registry.fail({ match: /page=2/, act: { kind: 'body', body, headers } });
  registry.fail({ match: /referrers/, act: { kind: 'body', body, headers: { ...headers, link } } });
  expect((await open().referrers(subject)).descriptors).toHaveLength(2);
});

test('a registry that stores another manifest than was sent is refused', async () => {
  const stored = { 'docker-content-digest': digestOf(Buffer.from('other')) };
  const { open } = await started([{ match: /PUT .*manifests\/2/, act: { kind: 'headers', headers: stored } }]);
  const { bytes, mediaType } = image.manifest;
  await expect(open().pushManifest({ reference: '2', bytes, mediaType })).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});
