import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import {
  type BuiltImage,
  blobsOf,
  buildImage,
  buildIndex,
  digestOf,
  dockerArchiveFiles,
  layoutFiles,
  toBlob,
  writeTree,
} from '../../testkit/image.ts';
import { buildTar, type TarEntrySpec } from '../../testkit/tar.ts';
import { isAppError } from '../core/index.ts';
import type { Image } from './image.ts';
import { openImagePath } from './open-path.ts';
import { parsePlatform } from './platform.ts';

const image = buildImage({ layers: [[{ path: 'a', content: 'x'.repeat(5000) }], [{ path: 'b' }]] });
const other = buildImage({ layers: [[{ path: 'c' }]], packing: 'zstd' });
const arm = buildImage({ layers: [[{ path: 'arm' }]], architecture: 'arm64' });
const index = buildIndex([image, arm]);
const outer = toBlob(
  Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      manifests: [{ ...JSON.parse('{}'), mediaType: index.mediaType, digest: index.digest, size: index.bytes.length }],
    }),
  ),
  index.mediaType,
);

async function readImage(opened: Image): Promise<{ id: string; layers: Buffer[] }> {
  const layers = await Promise.all(opened.layers.map((layer) => readAll(layer.open(undefined))));
  await opened.close();
  return { id: opened.id, layers };
}

function expected({ config, layers }: BuiltImage): { id: string; layers: Buffer[] } {
  return { id: config.digest, layers: layers.map(({ bytes }) => bytes) };
}

const layout = layoutFiles(
  [
    { blob: image.manifest, ref: 'one' },
    { blob: other.manifest, ref: 'registry.test/app:two' },
    { blob: outer, ref: 'many' },
  ],
  [...blobsOf(image), ...blobsOf(other), ...blobsOf(arm), index, outer],
);

function asDirectory(files: readonly TarEntrySpec[]): string {
  const root = temporaryDirectory();
  writeTree(root, files);
  return root;
}

function asFile(bytes: Buffer, name = 'image.tar'): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, bytes);
  return path;
}

const shapes: readonly (readonly [string, (files: readonly TarEntrySpec[]) => string])[] = [
  ['directory', asDirectory],
  ['tar', (files) => asFile(buildTar(files))],
  ['tar with ./ before names', (files) => asFile(buildTar(files.map((file) => ({ ...file, path: `./${file.path}` }))))],
  ['tar.gz', (files) => asFile(gzipSync(buildTar(files)), 'image.anything')],
  ['tar.zst', (files) => asFile(zstdCompressSync(buildTar(files)))],
];

test.each(shapes)('opens an OCI layout as %s', async (_, make) => {
  const path = make(layout);
  const first = await openImagePath(path);
  expect(first).toMatchObject({ name: path, manifestDigest: image.manifest.digest, repoTags: [], repoDigests: [] });
  expect(await readImage(first)).toEqual(expected(image));
  for (const tag of ['two', 'registry.test/app:two'])
    expect(await readImage(await openImagePath(`${path}:${tag}`))).toEqual(expected(other));
  expect(await readImage(await openImagePath(`${path}@${other.manifest.digest}`))).toEqual(expected(other));
  const nested = await openImagePath(`${path}:many`, parsePlatform('linux/arm64'));
  expect(await readImage(nested)).toEqual(expected(arm));
  await expect(openImagePath(`${path}:many`, parsePlatform('linux/s390x'))).rejects.toThrowCode(
    'OCI_PLATFORM_NOT_FOUND',
  );
  await expect(openImagePath(`${path}:three`)).rejects.toThrowCode('OCI_REFERENCE_NOT_FOUND');
  await expect(openImagePath(`${path}@${digestOf(Buffer.from('?'))}`)).rejects.toThrowCode('OCI_REFERENCE_NOT_FOUND');
});

test('leaves no temporary file behind', async () => {
  const count = (): number => readdirSync(tmpdir()).filter((name) => /^plimsoll-[0-9a-f]{16}$/.test(name)).length;
  const before = count();
  const opened = await openImagePath(asFile(gzipSync(buildTar(layout))));
  expect(count()).toBe(before);
  await opened.close();
});

test.each([false, true])('opens a docker archive, layers packed: %s', async (packed) => {
  const path = asFile(buildTar(dockerArchiveFiles([{ image, repoTags: ['app:1', 'app:2'], packed }])));
  const opened = await openImagePath(path);
  const bytes = packed ? image.layers.map((layer) => layer.bytes) : image.tars;
  expect(opened).toMatchObject({ repoTags: ['app:1', 'app:2'], repoDigests: [], reference: 'app:1' });
  expect(opened.manifestDigest).toBeUndefined();
  expect(opened.layers.map(({ digest, unnamed }) => [digest, unnamed])).toEqual(
    bytes.map((layer) => [digestOf(layer), packed ? undefined : true]),
  );
  expect(opened.layers.map(({ diffId }) => diffId)).toEqual(image.tars.map(digestOf));
  expect(await readImage(opened)).toEqual({ id: image.config.digest, layers: bytes });
});

test('chooses among several images of a docker archive', async () => {
  const path = asFile(
    buildTar(
      dockerArchiveFiles([
        { image, repoTags: ['app:1'] },
        { image: other, repoTags: ['other:2'] },
      ]),
    ),
  );
  await expect(openImagePath(path)).rejects.toThrowCode('OCI_REFERENCE_AMBIGUOUS');
  expect((await openImagePath(`${path}:other:2`)).id).toBe(other.config.digest);
  expect((await openImagePath(`${path}:1`)).id).toBe(image.config.digest);
  await expect(openImagePath(`${path}:3`)).rejects.toThrowCode('OCI_REFERENCE_NOT_FOUND');
});

test('follows links to layers, as old writers save a layer only once', async () => {
  const [first, second] = dockerArchiveFiles([{ image: buildImage({ layers: [[{ path: 'a' }]] }), repoTags: [] }]);
  const twice = buildImage({ layers: [[{ path: 'a' }], [{ path: 'a' }]] });
  const layer = second?.path ?? '';
  const manifest = [
    { Config: 'config.json', RepoTags: null, Layers: [layer, 'copy/layer.tar', 'hard.tar'].slice(0, 2) },
  ];
  const files: TarEntrySpec[] = [
    { path: 'copy/layer.tar', type: 'symlink', linkPath: `../${layer}` },
    { path: 'hard.tar', type: 'hardlink', linkPath: layer },
    { path: 'loop', type: 'symlink', linkPath: 'loop' },
    { path: first?.path ?? '', content: first?.content ?? '' },
    { path: layer, content: second?.content ?? '' },
    { path: 'config.json', content: twice.config.bytes },
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ];
  const opened = await openImagePath(asFile(buildTar(files)));
  expect(opened.layers.map(({ digest }) => digest)).toEqual(twice.tars.map(digestOf));
  const looping = files.map((file) =>
    file.path === 'manifest.json'
      ? { ...file, content: JSON.stringify([{ ...manifest[0], Layers: ['loop', 'hard.tar'] }]) }
      : file,
  );
  await expect(openImagePath(asFile(buildTar(looping)))).rejects.toThrowCode('OCI_ARCHIVE_INVALID');
});

test('takes the docker part of an archive that has both formats, and the OCI part by digest', async () => {
  const path = asFile(buildTar([...layout, ...dockerArchiveFiles([{ image: other, repoTags: ['app:1'] }])]));
  expect((await openImagePath(path)).repoTags).toEqual(['app:1']);
  expect((await openImagePath(`${path}@${image.manifest.digest}`)).manifestDigest).toBe(image.manifest.digest);
});

test('opens what Docker saved before 1.10', async () => {
  const files: TarEntrySpec[] = [
    { path: 'repositories', content: JSON.stringify({ app: { old: 'top' } }) },
    {
      path: 'top/json',
      content: JSON.stringify({
        id: 'top',
        parent: 'base',
        os: 'linux',
        architecture: 'amd64',
        config: { Env: ['A=1'] },
      }),
    },
    { path: 'top/layer.tar', content: image.tars[1] ?? '' },
    { path: 'base/json', content: JSON.stringify({ id: 'base' }) },
    { path: 'base/layer.tar', content: image.tars[0] ?? '' },
  ];
  const opened = await openImagePath(asFile(buildTar(files)));
  expect(opened).toMatchObject({
    repoTags: ['app:old'],
    config: { os: 'linux', diffIds: image.tars.map(digestOf), document: { config: { Env: ['A=1'] } } },
  });
  expect((await readImage(opened)).layers).toEqual(image.tars);
  const broken = files.map((file) => (file.path === 'base/json' ? { ...file, content: '{"parent":"top"}' } : file));
  await expect(openImagePath(asFile(buildTar(broken)))).rejects.toThrowCode('OCI_ARCHIVE_INVALID');
});

const config = image.config.bytes.toString();

test.each<[string, readonly TarEntrySpec[], string]>([
  ['no known list', [{ path: 'etc/passwd' }], 'OCI_FORMAT_UNKNOWN'],
  ['a list that is no JSON', [{ path: 'manifest.json', content: '[' }], 'OCI_ARCHIVE_INVALID'],
  ['an empty list', [{ path: 'manifest.json', content: '[]' }], 'OCI_ARCHIVE_INVALID'],
  ['a list of numbers', [{ path: 'manifest.json', content: '[1]' }], 'OCI_ARCHIVE_INVALID'],
  ['an image without layers', [{ path: 'manifest.json', content: '[{"Config":"c"}]' }], 'OCI_ARCHIVE_INVALID'],
  ['a missing config', [{ path: 'manifest.json', content: '[{"Config":"c","Layers":[]}]' }], 'OCI_ARCHIVE_INVALID'],
  [
    'a config that is no JSON',
    [
      { path: 'c', content: 'x' },
      { path: 'manifest.json', content: '[{"Config":"c","Layers":[]}]' },
    ],
    'OCI_CONFIG_INVALID',
  ],
  [
    'fewer layers than the config lists',
    [
      { path: 'c', content: config },
      { path: 'manifest.json', content: '[{"Config":"c","Layers":[]}]' },
    ],
    'OCI_CONFIG_INVALID',
  ],
  [
    'a missing layer',
    [
      { path: 'c', content: config },
      { path: 'manifest.json', content: '[{"Config":"c","Layers":["a","b"]}]' },
    ],
    'OCI_ARCHIVE_INVALID',
  ],
  ['a monstrous list', [{ path: 'manifest.json', content: ' '.repeat(5_000_000) }], 'OCI_ARCHIVE_INVALID'],
  ['no image in repositories', [{ path: 'repositories', content: '{}' }], 'OCI_ARCHIVE_INVALID'],
  ['an index that is no JSON', [{ path: 'index.json', content: '{' }], 'OCI_MANIFEST_INVALID'],
  ['an index that is a manifest', [{ path: 'index.json', content: image.manifest.bytes }], 'OCI_LAYOUT_INVALID'],
  ['an empty index', [{ path: 'index.json', content: '{"schemaVersion":2,"manifests":[]}' }], 'OCI_LAYOUT_INVALID'],
  ['a missing blob', layout.filter(({ path }) => !path.includes(image.config.digest.slice(7))), 'OCI_BLOB_MISSING'],
  [
    'a blob of other bytes',
    layout.map((file) => (file.path.includes(image.config.digest.slice(7)) ? { ...file, content: '{}' } : file)),
    'OCI_DIGEST_MISMATCH',
  ],
])('an archive with %s is a coded error', async (_, files, code) => {
  await expect(openImagePath(asFile(buildTar(files)))).rejects.toThrowCode(code);
});

test('a layer of other bytes is found when it is read', async () => {
  const damaged = layout.map((file) =>
    file.path.includes(image.layers[0]?.digest.slice(7) ?? '') ? { ...file, content: 'x' } : file,
  );
  for (const path of [asDirectory(damaged), asFile(buildTar(damaged))]) {
    await expect(readImage(await openImagePath(path))).rejects.toThrowCode('OCI_DIGEST_MISMATCH');
  }
});

test('an index that leads to itself for ever is a coded error', async () => {
  let inner = index;
  const blobs = [inner];
  for (let depth = 0; depth < 12; depth++) {
    const { digest, mediaType, bytes } = inner;
    const body = { schemaVersion: 2, manifests: [{ digest, mediaType, size: bytes.length }] };
    inner = toBlob(Buffer.from(JSON.stringify(body)), mediaType);
    blobs.push(inner);
  }
  const path = asDirectory(layoutFiles([{ blob: inner }], blobs));
  await expect(openImagePath(path)).rejects.toThrowCode('OCI_MANIFEST_INVALID');
});

test.each<[string, () => string, string]>([
  ['nothing', () => join(temporaryDirectory(), 'none'), 'DISK_NOT_FOUND'],
  ['a directory without an index', () => asDirectory([{ path: 'x' }]), 'OCI_FORMAT_UNKNOWN'],
  ['a text', () => asFile(Buffer.from('FROM scratch\n'.repeat(100))), 'OCI_FORMAT_UNKNOWN'],
  ['an empty file', () => asFile(Buffer.alloc(0)), 'OCI_FORMAT_UNKNOWN'],
  ['a packed text', () => asFile(gzipSync('text '.repeat(1000))), 'OCI_FORMAT_UNKNOWN'],
  ['a damaged packing', () => asFile(gzipSync(buildTar(layout)).subarray(0, 900)), 'CODEC_COMPRESSION_INVALID'],
])('%s is a coded error', async (_, make, code) => {
  await expect(openImagePath(make())).rejects.toThrowCode(code);
});

test('a colon in a file name is no tag', async () => {
  const directory = join(temporaryDirectory(), 'a:b');
  mkdirSync(directory);
  writeTree(directory, layout);
  expect((await openImagePath(directory)).id).toBe(image.config.digest);
  expect((await openImagePath(`${directory}:two`)).id).toBe(other.config.digest);
  rmSync(directory, { recursive: true });
});

test('an archive cut off anywhere gives coded errors', async () => {
  for (const files of [layout, dockerArchiveFiles([{ image, repoTags: ['app:1'] }])]) {
    const whole = buildTar(files);
    for (let length = 100; length < whole.length - 1024; length += 997) {
      const outcome = await openImagePath(asFile(whole.subarray(0, length)))
        .then(readImage)
        .catch((error: unknown) => error);
      if (!isAppError(outcome)) expect(outcome).toEqual(expected(image));
    }
  }
});
