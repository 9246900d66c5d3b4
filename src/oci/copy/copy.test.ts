import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { type BuiltBlob, buildImage, buildIndex, descriptor, toBlob } from '../../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import { type Digest, parseImageReference } from '../../core/index.ts';
import type { RemoteRepository } from '../client/client.ts';
import type { StoredContent } from '../stored/content.ts';
import { openRemoteContent } from '../stored/remote.ts';
import { Copier, type CopyOptions } from './copy.ts';
import { planCopy } from './plan.ts';

const shared = [{ path: 'shared', content: 'x'.repeat(3000) }];
const amd64 = buildImage({ layers: [shared, [{ path: 'a' }]] });
const arm64 = buildImage({ layers: [shared, [{ path: 'b' }]], architecture: 'arm64' });
const index = buildIndex([amd64, arm64]);
const indexType = 'application/vnd.oci.image.index.v1+json';

async function filled(): Promise<TestRegistry> {
  const registry = await startRegistry();
  await registry.put('org/app', 'amd64', amd64);
  await registry.put('org/app', 'arm64', arm64);
  await registry.putManifest('org/app', 'index', index, []);
  return registry;
}

function open(host: string, name = 'org/app:index'): Promise<StoredContent> {
  return openRemoteContent(testClient(), parseImageReference(`${host}/${name}`));
}

function target(host: string): RemoteRepository {
  return testClient().repository({ registry: host, repository: 'copied' });
}

function copierTo(host: string, options: Partial<CopyOptions> = {}): Copier {
  return new Copier(target(host), { jobs: 4, ...options });
}

/** Requests of one kind, as `METHOD path`. */
function seenBy({ seen }: TestRegistry, pattern: RegExp): string[] {
  return seen.map(({ method, path }) => `${method} ${path}`).filter((line) => pattern.test(line));
}

test('an index comes with all its images, each blob once, what is named before what names it', async () => {
  const [from, to] = [await filled(), await startRegistry()];
  let bytes = 0;
  const advance = (count: number): void => {
    bytes += count;
  };
  const digest = await copierTo(to.host, { advance }).copy(await open(from.host), 'one');
  expect(digest).toBe(index.digest);
  expect((await target(to.host).manifest('one')).bytes).toEqual(index.bytes);
  const puts = seenBy(to, /^PUT .*manifests/);
  const names = [amd64.manifest.digest, arm64.manifest.digest, 'one'];
  expect(puts).toEqual(names.map((name) => `PUT /v2/copied/manifests/${name}`));
  const blobs = new Map(
    [amd64, arm64].flatMap(({ config, layers }) => [config, ...layers]).map((blob) => [blob.digest, blob]),
  );
  expect(seenBy(from, /^GET .*blobs/)).toHaveLength(blobs.size);
  expect(bytes).toBe([...blobs.values()].reduce((sum, blob) => sum + blob.bytes.length, 0));
});

test('blobs of the same registry are mounted, not carried', async () => {
  const registry = await filled();
  await copierTo(registry.host).copy(await open(registry.host), 'one');
  expect(seenBy(registry, /^GET .*blobs/)).toEqual([]);
  expect(seenBy(registry, /^POST .*mount=.*from=org/)).toHaveLength(5);
});

test('what the target has is left, by its manifest or blob by blob', async () => {
  const [from, to] = [await filled(), await startRegistry()];
  const copier = copierTo(to.host);
  await copier.copy(await open(from.host, 'org/app:amd64'), 'first');
  await copierTo(to.host).copy(await open(from.host), 'second');
  // Its layer and configuration; the other layer came with the first image.
  expect(seenBy(to, /^PUT .*uploads/)).toHaveLength(5);
  const content = await open(from.host);
  const before = seenBy(to, /^HEAD .*blobs/).length;
  await copierTo(to.host).copy(content, 'third');
  expect(seenBy(to, /(manifests|blobs)/).slice(-2)).toEqual([
    `HEAD /v2/copied/manifests/${index.digest}`,
    'PUT /v2/copied/manifests/third',
  ]);
  expect(seenBy(to, /^HEAD .*blobs/)).toHaveLength(before);
});

test('several copies at once send a blob once', async () => {
  const [from, to] = [await filled(), await startRegistry()];
  const copier = copierTo(to.host);
  const names = ['org/app:amd64', 'org/app:arm64'];
  await Promise.all(names.map(async (name) => copier.copy(await open(from.host, name), name.slice(8))));
  expect(seenBy(from, /^GET .*blobs/)).toHaveLength(5);
});

/** A registry with an image whose layer may not be passed on. */
async function withForeignLayer(): Promise<{ readonly registry: TestRegistry; readonly manifest: BuiltBlob }> {
  const registry = await startRegistry();
  const layer = toBlob(Buffer.from('foreign'), 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip');
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const body = { schemaVersion: 2, mediaType, config: descriptor(amd64.config), layers: [descriptor(layer)] };
  const manifest = toBlob(Buffer.from(JSON.stringify(body)), mediaType);
  await registry.putManifest('org/app', 'foreign', manifest, [amd64.config, layer]);
  return { registry, manifest };
}

test.each([
  [false, 1],
  [true, 2],
])('foreign layers are carried only when that is allowed: %s', async (allowForeign, blobs) => {
  const { registry } = await withForeignLayer();
  const to = await startRegistry();
  const copied = copierTo(to.host, { allowForeign }).copy(await open(registry.host, 'org/app:foreign'), 'one');
  // This registry wants all that a manifest names.
  if (!allowForeign) await copied.catch(() => undefined);
  else await copied;
  expect(seenBy(registry, /^GET .*blobs/)).toHaveLength(blobs);
});

test('an entry of an unknown kind is a blob', async () => {
  const blob = { mediaType: 'application/example+json', digest: amd64.config.digest as Digest, size: 2 };
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [blob] }));
  const { source } = await open((await filled()).host);
  const manifest = { bytes, digest: index.digest as Digest, mediaType: indexType };
  const plan = await planCopy(manifest, { source, isThere: async () => false });
  expect(plan).toEqual({ blobs: [blob], manifests: [] });
});

test('indexes within indexes end somewhere', async () => {
  const from = await startRegistry();
  let inner: BuiltBlob = index;
  await from.put('org/app', 'amd64', amd64);
  await from.put('org/app', 'arm64', arm64);
  await from.putManifest('org/app', 'level', inner, []);
  for (let level = 0; level < 10; level++) {
    const body = { schemaVersion: 2, mediaType: indexType, manifests: [descriptor(inner)] };
    inner = toBlob(Buffer.from(JSON.stringify(body)), indexType);
    await from.putManifest('org/app', 'level', inner, []);
  }
  const to = await startRegistry();
  const copied = copierTo(to.host).copy(await open(from.host, 'org/app:level'), 'one');
  await expect(copied).rejects.toMatchObject({ code: 'OCI_MANIFEST_INVALID' });
  expect(seenBy(to, /^P/)).toEqual([]);
});

test('content that is not its digest never gets a name', async () => {
  const [from, to] = [await filled(), await startRegistry()];
  const digest = amd64.layers[1]?.digest as Digest;
  const body = Buffer.alloc(amd64.layers[1]?.bytes.length ?? 0);
  const content = await open(from.host, 'org/app:amd64');
  from.fail({ match: new RegExp(`^GET .*blobs/${digest}`), act: { kind: 'body', body } });
  // Either side may be the first to say so.
  const code = expect.stringMatching(/^OCI_(DIGEST_MISMATCH|REGISTRY_REFUSED)$/);
  await expect(copierTo(to.host).copy(content, 'one')).rejects.toMatchObject({ code });
  expect(await target(to.host).head('one')).toBeUndefined();
});
