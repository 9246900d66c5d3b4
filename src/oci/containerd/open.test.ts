import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BoltTree, buildBolt } from '../../../testkit/bbolt.ts';
import { readAll, temporaryDirectory } from '../../../testkit/context.ts';
import { type BuiltBlob, blobsOf, buildImage, buildIndex, writeTree } from '../../../testkit/image.ts';
import { parseImageReference } from '../../core/index.ts';
import type { Image } from '../image.ts';
import { parsePlatform } from '../platform.ts';
import { openContainerdImage } from './open.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x' }]] });
const arm = buildImage({ layers: [[{ path: 'arm' }]], architecture: 'arm64' });
const index = buildIndex([image, arm]);

/** A directory of containerd with names by namespace. */
function store(names: Record<string, Record<string, BuiltBlob>>, blobs: readonly BuiltBlob[] = blobsOf(image)): string {
  const root = temporaryDirectory();
  const namespaces = Object.entries(names).map(([namespace, images]): [string, BoltTree] => {
    const targets = Object.entries(images).map(([name, { digest, mediaType }]): [string, BoltTree] => [
      name,
      { createdat: 'x', target: { digest, mediatype: mediaType } },
    ]);
    return [namespace, { images: Object.fromEntries(targets), labels: {} }];
  });
  mkdirSync(join(root, 'io.containerd.metadata.v1.bolt'), { recursive: true });
  const database = buildBolt({ v1: { version: '3', ...Object.fromEntries(namespaces) } });
  writeFileSync(join(root, 'io.containerd.metadata.v1.bolt/meta.db'), database);
  writeTree(
    join(root, 'io.containerd.content.v1.content'),
    blobs.map(({ digest, bytes }) => ({ path: `blobs/${digest.replace(':', '/')}`, content: bytes })),
  );
  return root;
}

function open(name: string, root: string, environment = {}, platform?: string): Promise<Image> {
  const wish = platform === undefined ? {} : { platform: parsePlatform(platform) };
  return openContainerdImage(parseImageReference(name), { name, root, environment, ...wish });
}

test('an image is read where it lies', async () => {
  const root = store({ default: { 'docker.io/library/app:1': image.manifest } });
  const opened = await open('app:1', root);
  expect(opened).toMatchObject({
    id: image.config.digest,
    manifestDigest: image.manifest.digest,
    repoTags: ['app:1'],
    repoDigests: [`app@${image.manifest.digest}`],
    reference: 'app:1',
  });
  expect(await Promise.all(opened.layers.map((layer) => readAll(layer.open(undefined))))).toEqual(
    image.layers.map(({ bytes }) => bytes),
  );
});

test('a platform of an index is chosen; what other platforms need may be absent', async () => {
  const name = 'r.test/app:latest';
  const root = store({ 'k8s.io': { [name]: index } }, [index, ...blobsOf(arm)]);
  expect((await open('r.test/app', root, {}, 'linux/arm64')).id).toBe(arm.config.digest);
  await expect(open('r.test/app', root, {}, 'linux/amd64')).rejects.toThrowCode('OCI_BLOB_MISSING');
});

test('namespaces: the one that is given, or all, default first', async () => {
  const name = 'docker.io/library/app:1';
  const root = store({ 'a-first': { [name]: arm.manifest }, default: { [name]: image.manifest } }, [
    ...blobsOf(image),
    ...blobsOf(arm),
  ]);
  expect((await open('app:1', root)).id).toBe(image.config.digest);
  expect((await open('app:1', root, { CONTAINERD_NAMESPACE: 'a-first' })).id).toBe(arm.config.digest);
  const absent = open('app:1', root, { CONTAINERD_NAMESPACE: 'moby' });
  await expect(absent).rejects.toThrowCode('OCI_CONTAINERD_NO_IMAGE');
});

test('a name by digest', async () => {
  const reference = `r.test/app@${image.manifest.digest}`;
  const root = store({ default: { [reference]: image.manifest } });
  expect(await open(reference, root)).toMatchObject({ repoTags: [], repoDigests: [reference], reference });
});

test.each<[string, (root: string) => void, string]>([
  ['no store', (root) => rmSync(join(root, 'io.containerd.metadata.v1.bolt/meta.db')), 'OCI_CONTAINERD_ABSENT'],
  ['no such name', () => {}, 'OCI_CONTAINERD_NO_IMAGE'],
  [
    'a damaged database',
    (root) => writeFileSync(join(root, 'io.containerd.metadata.v1.bolt/meta.db'), Buffer.alloc(16_384)),
    'CODEC_BOLT_INVALID',
  ],
])('%s is a coded error', async (_, harm, code) => {
  const root = store({ default: {} });
  harm(root);
  await expect(open('app:1', root)).rejects.toThrowCode(code);
});

test.each([
  ['the manifest', image.manifest],
  ['a layer', image.layers[0]],
])('%s that was dropped is a coded error when the image is opened', async (_, dropped) => {
  const blobs = blobsOf(image).filter((blob) => blob !== dropped);
  const root = store({ default: { 'docker.io/library/app:1': image.manifest } }, blobs);
  await expect(open('app:1', root)).rejects.toThrowCode('OCI_BLOB_MISSING');
});
