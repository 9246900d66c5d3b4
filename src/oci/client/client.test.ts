import { expect, test } from 'vitest';
import { certificates } from '../../../testkit/certificates.ts';
import { fixedClock, readAll, recordLog, recordSleep } from '../../../testkit/context.ts';
import { buildImage, buildIndex, digestOf, toBlob } from '../../../testkit/image.ts';
import { basic, type Fault, type FaultAction, startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import { startHttp } from '../../../testkit/server.ts';
import { type Fetch, parseImageReference } from '../../core/index.ts';
import { netError } from '../../net/errors.ts';
import { makeFetch } from '../../net/index.ts';
import type { RegistryCredential } from '../credentials/credential.ts';
import { parsePlatform } from '../platform.ts';
import { openRemoteImage } from '../remote.ts';
import { makeRegistryClient, type RegistryClient, type RegistryClientOptions } from './client.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x'.repeat(5000) }], [{ path: 'b' }]] });

interface Setup {
  readonly client: RegistryClient;
  readonly log: ReturnType<typeof recordLog>;
  readonly waits: number[];
}

function setup(options: Partial<RegistryClientOptions> = {}): Setup {
  const log = recordLog();
  const { sleep, waits } = recordSleep();
  const clock = fixedClock('2026-11-24T00:00:00Z');
  const client = makeRegistryClient({ fetch: makeFetch({ idleTimeout: 200 }), clock, log, sleep, ...options });
  return { client, log, waits };
}

function withLogin(credential: RegistryCredential): Partial<RegistryClientOptions> {
  return { credentials: async () => credential };
}

/** Opens an image and reads all its layers. */
async function pull(
  { client }: Setup,
  name: string,
  platform?: string,
): Promise<{
  id: string;
  layers: Buffer[];
  repoTags: readonly string[];
  repoDigests: readonly string[];
  reference: string | undefined;
}> {
  const wanted = platform === undefined ? {} : { platform: parsePlatform(platform) };
  const opened = await openRemoteImage(client, parseImageReference(name), { name, ...wanted });
  const layers = await Promise.all(opened.layers.map((layer) => readAll(layer.open(undefined))));
  const { id, repoTags, repoDigests, reference } = opened;
  return { id, layers, repoTags, repoDigests, reference };
}

const packed = image.layers.map(({ bytes }) => bytes);

async function started(...faults: Fault[]): Promise<TestRegistry> {
  const registry = await startRegistry({ faults });
  await registry.put('org/app', '1', image);
  return registry;
}

test.each(['gzip', 'zstd', 'none'] as const)('pulls an image with %s layers by tag and by digest', async (packing) => {
  const registry = await startRegistry();
  const other = buildImage({ layers: [[{ path: 'f', content: 'y' }]], packing, docker: packing === 'gzip' });
  await registry.put('org/app', 'latest', other);
  const name = `${registry.host}/org/app`;
  expect(await pull(setup(), name)).toEqual({
    id: other.config.digest,
    layers: other.layers.map(({ bytes }) => bytes),
    repoTags: [`${name}:latest`],
    repoDigests: [`${name}@${other.manifest.digest}`],
    reference: `${name}:latest`,
  });
  const byDigest = await pull(setup(), `${name}@${other.manifest.digest}`);
  expect(byDigest).toMatchObject({ repoTags: [], reference: `${name}@${other.manifest.digest}` });
});

test('chooses a platform of an index; the index is what the repository digest names', async () => {
  const registry = await startRegistry();
  const arm = buildImage({ layers: [[{ path: 'arm' }]], architecture: 'arm64' });
  const index = buildIndex([image, arm]);
  await registry.putManifest('org/app', '1', index, [
    image.config,
    ...image.layers,
    image.manifest,
    arm.config,
    ...arm.layers,
    arm.manifest,
  ]);
  const name = `${registry.host}/org/app:1`;
  const pulled = await pull(setup(), name, 'linux/arm64');
  expect(pulled).toMatchObject({ id: arm.config.digest, repoDigests: [`${registry.host}/org/app@${index.digest}`] });
  await expect(pull(setup(), name, 'linux/s390x')).rejects.toThrowCode('OCI_PLATFORM_NOT_FOUND');
});

test('a platform is no wish for an image of one platform', async () => {
  const registry = await started();
  expect((await pull(setup(), `${registry.host}/org/app:1`, 'linux/s390x')).id).toBe(image.config.digest);
});

test.each<[string, RegExp, FaultAction, string]>([
  ['a manifest that is not there', /manifests/, { kind: 'status', status: 404 }, 'OCI_REMOTE_NOT_FOUND'],
  ['a forbidden repository', /manifests/, { kind: 'status', status: 403 }, 'OCI_FORBIDDEN'],
  ['a login without a challenge', /manifests/, { kind: 'status', status: 401 }, 'OCI_UNAUTHORIZED'],
  ['an odd status', /manifests/, { kind: 'status', status: 418 }, 'OCI_REGISTRY_REFUSED'],
  ['a registry that keeps failing', /manifests/, { kind: 'status', status: 503 }, 'OCI_REGISTRY_FAILED'],
  [
    'a registry that keeps asking to wait',
    /manifests/,
    { kind: 'status', status: 429, headers: { 'retry-after': '3' } },
    'OCI_RATE_LIMITED',
  ],
  [
    'a manifest that is no JSON',
    /manifests/,
    { kind: 'body', body: Buffer.from('<html>'), headers: { 'docker-content-digest': '' } },
    'OCI_MANIFEST_INVALID',
  ],
  ['an endless manifest', /manifests/, { kind: 'endless' }, 'NET_RESPONSE_TOO_LARGE'],
  [
    'a manifest of another digest',
    /manifests/,
    { kind: 'headers', headers: { 'docker-content-digest': digestOf(Buffer.from('other')) } },
    'OCI_DIGEST_MISMATCH',
  ],
  [
    'a manifest of 2014',
    /manifests/,
    { kind: 'body', body: Buffer.from('{"schemaVersion":1}'), headers: { 'docker-content-digest': 'none' } },
    'OCI_SCHEMA1',
  ],
  [
    'a redirect loop',
    /manifests/,
    { kind: 'status', status: 307, headers: { location: '/v2/org/app/manifests/1' } },
    'NET_REDIRECT_REFUSED',
  ],
  ['a blob of other bytes', /blobs/, { kind: 'body', body: Buffer.from('other bytes') }, 'OCI_DIGEST_MISMATCH'],
  ['a blob that is too long', /blobs/, { kind: 'body', body: Buffer.alloc(9000) }, 'OCI_DIGEST_MISMATCH'],
  ['an endless blob', /blobs/, { kind: 'endless' }, 'OCI_DIGEST_MISMATCH'],
  ['a blob that is not there', /blobs/, { kind: 'status', status: 404 }, 'OCI_REMOTE_NOT_FOUND'],
  ['a blob that never arrives', /blobs/, { kind: 'drop', after: 10 }, 'NET_CONNECTION_LOST'],
  ['a blob that stops', /blobs/, { kind: 'stall' }, 'NET_TIMEOUT'],
])('%s is a coded error', async (_, match, act, code) => {
  const registry = await started({ match, act });
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode(code);
});

test.each<[string, FaultAction, number[]]>([
  ['503', { kind: 'status', status: 503 }, [500, 1000]],
  ['429 with a wish', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }, [7000, 7000]],
  [
    '429 with a date',
    { kind: 'status', status: 429, headers: { 'retry-after': 'Tue, 24 Nov 2026 00:00:09 GMT' } },
    [9000, 9000],
  ],
  // The first may be a server that speaks TLS alone, which is found out at once.
  ['lost connections', { kind: 'reset' }, [500]],
])('is patient with %s', async (_, act, waits) => {
  const registry = await started({ match: /manifests/, act, times: 2 });
  const given = setup();
  expect((await pull(given, `${registry.host}/org/app:1`)).layers).toEqual(packed);
  expect(given.waits).toEqual(waits);
});

test('does not wait longer than a minute, however long the registry asks', async () => {
  const registry = await started({
    match: /manifests/,
    act: { kind: 'status', status: 429, headers: { 'retry-after': '9999' } },
  });
  const given = setup();
  await expect(pull(given, `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_RATE_LIMITED');
  expect(given.waits).toEqual([]);
});

const layerPath = new RegExp(`blobs/${image.layers[0]?.digest}`);

test('a blob goes on where a lost connection broke off', async () => {
  const registry = await started({ match: layerPath, act: { kind: 'drop', after: 20 }, times: 2 });
  expect((await pull(setup(), `${registry.host}/org/app:1`)).layers).toEqual(packed);
  const ranges = registry.seen.filter(({ path }) => layerPath.test(path)).map(({ range }) => range);
  expect(ranges).toEqual([undefined, 'bytes=20-', 'bytes=40-']);
});

test('a registry that ignores ranges is read again from the start', async () => {
  const registry = await started({ match: layerPath, act: { kind: 'drop', after: 20 }, times: 1 });
  const plain = makeFetch();
  const fetch: Fetch = ({ headers: { range: _range, ...headers } = {}, ...request }) => plain({ ...request, headers });
  expect((await pull(setup({ fetch }), `${registry.host}/org/app:1`)).layers).toEqual(packed);
});

test('another range than the one asked for is a coded error', async () => {
  const registry = await started(
    { match: layerPath, act: { kind: 'drop', after: 20 }, times: 1 },
    { match: layerPath, act: { kind: 'headers', headers: { 'content-range': 'bytes 0-9/10' } } },
  );
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});

test('what the registry says in errors is shown without control characters and secrets', async () => {
  const body = '{"errors":[{"code":"DENIED","message":"\\u001b[31mno\\u0007 https://u:p@h/ "}]}';
  const registry = await started({ match: /manifests/, act: { kind: 'status', status: 403, body } });
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrow(
    /\(DENIED: \[31mno https:\/\/\*\*\*@h\/ \)/,
  );
});

test('artifacts that are no images are told from images', async () => {
  const registry = await startRegistry();
  const config = toBlob(Buffer.from('{}'), 'application/vnd.cncf.helm.config.v1+json');
  const { digest, mediaType, bytes } = config;
  const manifest = { schemaVersion: 2, config: { digest, mediaType, size: bytes.length }, layers: [] };
  await registry.putManifest('chart', '1', toBlob(Buffer.from(JSON.stringify(manifest)), image.manifest.mediaType), [
    config,
  ]);
  await expect(pull(setup(), `${registry.host}/chart:1`)).rejects.toThrowCode('OCI_NOT_AN_IMAGE');
});

test('mirrors are tried in order, then the source; names stay those asked for', async () => {
  const failing = await startRegistry();
  const mirror = await startRegistry();
  await mirror.put('copies/library/app', '1', image);
  const given = setup({
    mirrors: { 'index.docker.io': [`${failing.host}`, `${mirror.host}/copies`], 'docker.io/other': ['127.0.0.1:1'] },
  });
  expect(await pull(given, 'app:1')).toMatchObject({
    layers: packed,
    repoTags: ['app:1'],
    repoDigests: [`app@${image.manifest.digest}`],
  });
  expect(given.log.lines.filter(({ level }) => level === 'warn')).toMatchObject([{ fields: { mirror: failing.host } }]);
});

test('the longest mirror rule counts, at whole parts of the name; a bad mirror falls back to the source', async () => {
  const registry = await started({
    match: /mirrored/,
    act: { kind: 'body', body: Buffer.from('{}'), headers: { 'docker-content-digest': image.manifest.digest } },
  });
  await registry.put('mirrored/app', '1', image);
  const { host } = registry;
  const mirrors = { [host]: ['127.0.0.1:1'], [`${host}/org`]: [`${host}/mirrored`], [`${host}/or`]: ['127.0.0.1:1'] };
  expect((await pull(setup({ mirrors }), `${host}/org/app:1`)).layers).toEqual(packed);
  expect(registry.seen.some(({ path }) => path.includes('mirrored/app'))).toBe(true);
});

test('basic login, only when asked', async () => {
  const registry = await startRegistry({ auth: { kind: 'basic', username: 'u', password: 'p:q' } });
  await registry.put('org/app', '1', image);
  const name = `${registry.host}/org/app:1`;
  await pull(setup(withLogin({ kind: 'basic', username: 'u', password: 'p:q' })), name);
  const sent = registry.seen.filter(({ path }) => path !== '/v2/').map(({ authorization }) => authorization);
  expect(sent[0]).toBeUndefined();
  expect(new Set(sent.slice(1))).toEqual(new Set([basic('u', 'p:q')]));
  await expect(pull(setup(), name)).rejects.toThrowCode('OCI_UNAUTHORIZED');
  await expect(pull(setup(withLogin({ kind: 'basic', username: 'u', password: 'x' })), name)).rejects.toThrowCode(
    'OCI_UNAUTHORIZED',
  );
  await expect(pull(setup(withLogin({ kind: 'identity', token: 't' })), name)).rejects.toThrowCode('OCI_UNAUTHORIZED');
});

test.each<[string, Record<string, string>, Partial<RegistryClientOptions>]>([
  ['anonymous', {}, {}],
  ['with a password', { username: 'u', password: 'p' }, withLogin({ kind: 'basic', username: 'u', password: 'p' })],
  ['with an identity token', { username: 'u', identityToken: 'i' }, withLogin({ kind: 'identity', token: 'i' })],
  ['with a registry token', { username: 'u' }, withLogin({ kind: 'bearer', token: 'test-token' })],
])('token login %s, once for all requests', async (_, auth, options) => {
  const registry = await startRegistry({ auth: { kind: 'token', ...auth } });
  await registry.put('org/app', '1', image);
  expect((await pull(setup(options), `${registry.host}/org/app:1`)).layers).toEqual(packed);
  const tokens = registry.seen.filter(({ path }) => path.startsWith('/token'));
  expect(tokens.length).toBeLessThanOrEqual(1);
  for (const { path } of tokens)
    if (!('identityToken' in auth)) expect(path).toBe('/token?service=test&scope=repository%3Awished%3Apull');
});

test.each([
  ['wrong password', withLogin({ kind: 'basic', username: 'u', password: 'wrong' }), 'OCI_UNAUTHORIZED'],
  ['no login', {}, 'OCI_UNAUTHORIZED'],
])('a token service refuses: %s', async (_, options, code) => {
  const registry = await startRegistry({ auth: { kind: 'token', username: 'u', password: 'p' } });
  await registry.put('org/app', '1', image);
  await expect(pull(setup(options), `${registry.host}/org/app:1`)).rejects.toThrowCode(code);
});

test.each<[string, FaultAction, string]>([
  ['no JSON', { kind: 'status', status: 200, body: 'hello' }, 'OCI_TOKEN_FAILED'],
  ['a token with line breaks', { kind: 'status', status: 200, body: '{"token":"a\\r\\nb"}' }, 'OCI_TOKEN_FAILED'],
  ['status 400', { kind: 'status', status: 400 }, 'OCI_TOKEN_FAILED'],
  ['status 500', { kind: 'status', status: 500 }, 'OCI_REGISTRY_FAILED'],
  ['status 429', { kind: 'status', status: 429 }, 'OCI_RATE_LIMITED'],
  ['an endless answer', { kind: 'endless' }, 'NET_RESPONSE_TOO_LARGE'],
])('a token service that answers %s', async (_, act, code) => {
  const registry = await startRegistry({ auth: { kind: 'token' }, faults: [{ match: /token/, act }] });
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode(code);
});

test.each([
  ['file:///etc/passwd'],
  ['no URL'],
  ['http://registry.example.com/token'],
  ['https://user:password@127.0.0.1/token'],
])('a realm of %s is refused', async (realm) => {
  const registry = await startRegistry({ auth: { kind: 'token', realm } });
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_AUTH_REFUSED');
});

test('a challenge without a realm is refused', async () => {
  const registry = await started({
    match: /manifests/,
    act: { kind: 'status', status: 401, headers: { 'www-authenticate': 'Bearer service="x"' } },
  });
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_AUTH_REFUSED');
});

test('a registry with TLS may not send the login out of it', async () => {
  const { key, cert, ca } = certificates;
  const registry = await startRegistry({
    tls: { key, cert },
    auth: { kind: 'token', realm: 'http://127.0.0.1:1/token' },
  });
  const fetch = makeFetch({ certificateAuthorities: [ca] });
  const login = withLogin({ kind: 'basic', username: 'u', password: 'p' });
  await expect(pull(setup({ fetch, ...login }), `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_AUTH_REFUSED');
  await expect(pull(setup(), `${registry.host}/org/app:1`)).rejects.toThrowCode('NET_TLS');
});

/** A client whose every request goes to one answer, so that names that are not loopback can be used. */
function answering(headers: Record<string, string>, seen: string[]): Fetch {
  return async ({ url, headers: sent = {} }) => {
    seen.push(`${url.origin} ${sent['authorization'] ?? ''}`);
    const body = (async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{}');
    })();
    return { status: url.pathname === '/token' ? 200 : 401, headers, body, discard: () => {} };
  };
}

test('a registry that has not proved its name has no say in where the login goes', async () => {
  const login = withLogin({ kind: 'basic', username: 'u', password: 'p' });
  const seen: string[] = [];
  const fetch = answering({ 'www-authenticate': 'Bearer realm="https://elsewhere.test/token"' }, seen);
  const insecure = setup({ fetch, ...login, insecureHosts: ['r.test'] });
  await expect(pull(insecure, 'r.test/app:1')).rejects.toThrowCode('OCI_AUTH_REFUSED');
  expect(seen.some((line) => line.includes('elsewhere'))).toBe(false);
  await expect(pull(setup({ fetch, ...login }), 'r.test/app:1')).rejects.toThrowCode('OCI_TOKEN_FAILED');
  expect(seen.at(-1)).toBe(`https://elsewhere.test ${basic('u', 'p')}`);
});

test('TLS is asked for first everywhere but on loopback; Docker Hub has a host of its own', async () => {
  const seen: string[] = [];
  const fetch = answering({}, seen);
  await expect(pull(setup({ fetch }), 'app:1')).rejects.toThrowCode('OCI_UNAUTHORIZED');
  await expect(pull(setup({ fetch }), '10.0.0.1:5000/app:1')).rejects.toThrowCode('OCI_UNAUTHORIZED');
  const hosts = [...new Set(seen.map((line) => line.trim()))];
  expect(hosts).toEqual(['https://index.docker.io', 'https://10.0.0.1:5000']);
});

test.each([
  ['10.1.2.3:5000', [], true],
  ['192.168.0.9', [], true],
  ['172.31.0.1', [], true],
  ['172.32.0.1', [], false],
  ['r.test', [], false],
  ['r.test', ['r.test'], true],
])('%s may speak plain http with %j listed: %s', async (host, insecureHosts, isPlain) => {
  const answer = answering({ 'www-authenticate': 'Basic realm="r"' }, []);
  const seen: string[] = [];
  const fetch: Fetch = async (request) => {
    seen.push(`${request.url.protocol} ${request.headers?.['authorization'] ?? ''}`);
    if (request.url.protocol === 'http:') return answer(request);
    throw netError('NET_NOT_TLS', { data: { host } });
  };
  const login = withLogin({ kind: 'basic', username: 'u', password: 'p' });
  const code = !isPlain ? 'NET_NOT_TLS' : insecureHosts.length > 0 ? 'OCI_UNAUTHORIZED' : 'OCI_AUTH_REFUSED';
  await expect(pull(setup({ fetch, ...login, insecureHosts }), `${host}/app:1`)).rejects.toThrowCode(code);
  const isSent = seen.some((line) => line.includes('Basic'));
  expect(isSent).toBe(insecureHosts.length > 0);
});

test('storage behind a redirect gets no login and may not ask for one', async () => {
  const asked: (string | undefined)[] = [];
  const storage = await startHttp((incoming, outgoing) => {
    asked.push(incoming.headers.authorization);
    outgoing.writeHead(401, { 'www-authenticate': 'Basic realm="give me"' }).end();
  });
  const registry = await startRegistry({
    auth: { kind: 'basic', username: 'u', password: 'p' },
    faults: [
      { match: layerPath, act: { kind: 'status', status: 307, headers: { location: `http://${storage}/blob` } } },
    ],
  });
  await registry.put('org/app', '1', image);
  const login = withLogin({ kind: 'basic', username: 'u', password: 'p' });
  await expect(pull(setup(login), `${registry.host}/org/app:1`)).rejects.toThrowCode('OCI_UNAUTHORIZED');
  expect(asked).toEqual([undefined]);
});

test('storage behind a redirect serves blobs', async () => {
  const storage = await startHttp((_, outgoing) => outgoing.end(packed[0]));
  const location = `http://${storage}/blob?signature=1`;
  const registry = await started({ match: layerPath, act: { kind: 'status', status: 307, headers: { location } } });
  expect((await pull(setup(), `${registry.host}/org/app:1`)).layers).toEqual(packed);
});

test.each([undefined, 700])('pushes blobs and manifests, in pieces of %s bytes', async (chunkSize) => {
  const registry = await startRegistry();
  const { client } = setup();
  const reference = parseImageReference(`${registry.host}/new/app:1`);
  const repository = client.repository(reference);
  const options = chunkSize === undefined ? {} : { chunkSize };
  for (const { digest, bytes } of [image.config, ...image.layers]) {
    const blob = { digest: digest as `sha256:${string}`, size: bytes.length, open: () => bytes };
    expect(await repository.pushBlob(blob, options)).toBe('pushed');
    expect(await repository.pushBlob(blob, options)).toBe('present');
    expect(
      await client.repository({ ...reference, repository: 'other' }).pushBlob(blob, { mountFrom: 'new/app' }),
    ).toBe('mounted');
  }
  const { bytes, mediaType, digest } = image.manifest;
  await repository.pushManifest({ reference: '1', bytes, mediaType });
  expect(await repository.head('1')).toEqual({ digest, mediaType, size: bytes.length });
  expect(await repository.head('2')).toBeUndefined();
  expect((await pull(setup(), `${registry.host}/new/app:1`)).layers).toEqual(packed);
  await expect(
    repository.readBlob({ digest: image.config.digest as `sha256:${string}`, size: image.config.bytes.length }, 10),
  ).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});

test.each(['', 'https://:bad:'])('an upload to location "%s" is refused', async (location) => {
  const registry = await startRegistry({
    faults: [{ match: /uploads/, act: { kind: 'headers', headers: { location } } }],
  });
  const repository = setup().client.repository(parseImageReference(`${registry.host}/a:1`));
  const blob = {
    digest: image.config.digest as `sha256:${string}`,
    size: image.config.bytes.length,
    open: () => image.config.bytes,
  };
  await expect(repository.pushBlob(blob)).rejects.toThrowCode('OCI_RESPONSE_INVALID');
});
