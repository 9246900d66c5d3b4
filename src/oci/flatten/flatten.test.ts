import { expect, test } from 'vitest';
import { readAll } from '../../../testkit/context.ts';
import { buildImage, type LayerSpec } from '../../../testkit/image.ts';
import type { TarEntrySpec } from '../../../testkit/tar.ts';
import { type TarEntry, TarWalker } from '../../codecs/tar/index.ts';
import type { Digest } from '../../core/index.ts';
import { type Manifest, parseManifest } from '../manifest.ts';
import type { StoredImage } from '../stored/choose.ts';
import { verified } from '../verified.ts';
import { flattenImage } from './flatten.ts';
import { isFileLayer, unpackedLayer } from './layer.ts';

/** An image in memory; `damage` changes the bytes of its first layer. */
function stored(layers: readonly LayerSpec[], damage: (bytes: Buffer) => Buffer = (bytes) => bytes): StoredImage {
  const image = buildImage({ layers });
  const digest = image.manifest.digest as Digest;
  const parsed = parseManifest(image.manifest.bytes, digest) as Manifest;
  const stream = async function* (wanted: string): AsyncGenerator<Buffer> {
    const index = image.layers.findIndex((layer) => layer.digest === wanted);
    const bytes = image.layers[index]?.bytes ?? Buffer.alloc(0);
    yield index === 0 ? damage(bytes) : bytes;
  };
  return {
    parsed,
    manifest: { bytes: image.manifest.bytes, digest, mediaType: image.manifest.mediaType },
    source: {
      name: 'memory',
      manifest: () => expect.fail('there is one image only'),
      read: async () => image.config.bytes,
      stream: (blob) => verified(stream(blob.digest), blob.digest, blob.size),
    },
  };
}

/** Paths of what is left, with the content of small files. */
async function flatten(...layers: readonly LayerSpec[]): Promise<Record<string, string>> {
  const entries: [TarEntry, Buffer[]][] = [];
  const walker = new TarWalker((entry) => {
    const parts: Buffer[] = [];
    entries.push([entry, parts]);
    return { write: (chunk) => void parts.push(Buffer.from(chunk)), end: () => undefined };
  });
  walker.push(await readAll(flattenImage(stored(layers), undefined)));
  walker.finish();
  const shown = ([{ type, linkPath }, parts]: [TarEntry, Buffer[]]): string =>
    type === 'file' ? Buffer.concat(parts).toString() : `${type}${linkPath === '' ? '' : ` ${linkPath}`}`;
  return Object.fromEntries(entries.map((entry) => [entry[0].path, shown(entry)]));
}

const directory = (path: string): TarEntrySpec => ({ path, type: 'directory' });

test('the topmost of a path counts, and whiteouts take away what is below', async () => {
  const below = [directory('etc/'), { path: 'etc/a', content: 'old' }, { path: 'etc/b', content: 'b' }];
  const above = [{ path: 'etc/a', content: 'new' }, { path: 'etc/.wh.b' }];
  expect(await flatten(below, above)).toEqual({ 'etc/a': 'new', etc: 'directory' });
});

test('an opaque directory hides lower layers, not its own', async () => {
  const below = [directory('d/'), { path: 'd/old', content: 'old' }, { path: 'd/sub/deep', content: 'deep' }];
  const above = [{ path: 'd/new', content: 'new' }, { path: 'd/.wh..wh..opq' }, { path: 'd/late', content: 'late' }];
  expect(await flatten(below, above)).toEqual({ 'd/new': 'new', 'd/late': 'late', d: 'directory' });
});

test('a file in place of a directory hides all that was in it', async () => {
  const below = [directory('d/'), { path: 'd/child', content: 'child' }];
  expect(await flatten(below, [{ path: 'd', content: 'file' }])).toEqual({ d: 'file' });
  expect(await flatten(below, [{ path: '.wh.d' }])).toEqual({});
});

test('names are cleaned, and links out of the file system left out', async () => {
  const layer: LayerSpec = [
    { path: './a/./b', content: 'b' },
    { path: 'in', type: 'symlink', linkPath: 'a/../a/b' },
    { path: 'absolute', type: 'symlink', linkPath: '/etc/passwd' },
    { path: 'out', type: 'symlink', linkPath: 'a/../../etc/passwd' },
    { path: 'drive', type: 'symlink', linkPath: 'C:/windows' },
    { path: 'hard', type: 'hardlink', linkPath: '../outside' },
  ];
  expect(await flatten(layer)).toEqual({ 'a/b': 'b', in: 'symlink a/../a/b', absolute: 'symlink /etc/passwd' });
});

test.each(['../outside', 'a/../../outside', '..\\outside', '\\outside', 'C:/outside', '..'])(
  'the path %s is refused',
  async (path) => {
    const image = stored([[{ path, content: 'x' }]]);
    await expect(readAll(flattenImage(image, undefined))).rejects.toMatchObject({ code: 'OCI_PATH_UNSAFE' });
  },
);

test('holes of a sparse file are filled, but not without end', async () => {
  const sparse = (size: number): LayerSpec => [
    { path: 's', content: 'data', sparse: { layout: 'pax-1.0', size, chunks: [{ offset: 100, length: 4 }] } },
  ];
  const filled = `${'\0'.repeat(100)}data${'\0'.repeat(196)}`;
  expect(await flatten(sparse(300))).toEqual({ s: filled });
  const gnu: LayerSpec = [
    { path: 's', content: 'data', sparse: { layout: 'gnu', size: 300, chunks: [{ offset: 100, length: 4 }] } },
  ];
  expect(await flatten(gnu)).toEqual({ s: filled });
  const endless = stored([sparse(2 ** 40)]);
  await expect(readAll(flattenImage(endless, undefined))).rejects.toMatchObject({ code: 'OCI_SPARSE_TOO_LARGE' });
});

test('a layer that is not its digest ends in an error', async () => {
  const image = stored([[{ path: 'a', content: 'x' }]], (bytes) => Buffer.concat([bytes, Buffer.from('more')]));
  await expect(readAll(flattenImage(image, undefined))).rejects.toMatchObject({ code: 'OCI_DIGEST_MISMATCH' });
});

test('layers of artifacts are unpacked as they are', async () => {
  const image = stored([[{ path: 'a' }]]);
  const [layer] = image.parsed.layers;
  if (layer === undefined) return expect.fail('there is a layer');
  expect((await readAll(unpackedLayer(image.source, layer, undefined))).length % 512).toBe(0);
  expect([layer.mediaType, 'application/vnd.docker.image.rootfs.diff.tar', 'text/plain'].map(isFileLayer)).toEqual([
    true,
    true,
    false,
  ]);
});
