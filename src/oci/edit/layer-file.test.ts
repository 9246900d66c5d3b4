import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { inPieces, readAll, temporaryDirectory } from '../../../testkit/context.ts';
import { digestOf } from '../../../testkit/image.ts';
import { buildTar } from '../../../testkit/tar.ts';
import { type LayerFile, readLayerFile, readLayerStream } from './layer-file.ts';

const tar = buildTar([{ path: 'a', content: 'x'.repeat(300_000) }]);
const options = { gzipType: 'gzip-type' };
const zstdType = 'application/vnd.oci.image.layer.v1.tar+zstd';

function fileOf(bytes: Buffer): string {
  const path = join(temporaryDirectory(), 'layer');
  writeFileSync(path, bytes);
  return path;
}

function kept(layer: LayerFile): LayerFile {
  onTestFinished(() => layer.close());
  return layer;
}

async function bytesOf(layer: LayerFile): Promise<Buffer> {
  return readAll(layer.source.open());
}

test.each([
  ['gzip', gzipSync(tar, { level: 9 }), 'gzip-type'],
  ['zstd', zstdCompressSync(tar), zstdType],
])('a file packed with %s is sent as it lies, from a file or a stream', async (_, packed, mediaType) => {
  const descriptor = { mediaType, size: packed.length, digest: digestOf(packed) };
  for (const layer of [
    kept(await readLayerFile(fileOf(packed), options)),
    kept(await readLayerStream(inPieces(packed, 3), options)),
  ]) {
    expect(layer).toMatchObject({ descriptor, diffId: digestOf(tar) });
    expect((await bytesOf(layer)).equals(packed)).toBe(true);
  }
});

test('a plain file is packed, always to the same bytes, and can be read again', async () => {
  const first = kept(await readLayerFile(fileOf(tar), options));
  const second = kept(await readLayerStream(inPieces(tar, 1000), options));
  expect(first.descriptor).toEqual(second.descriptor);
  expect(first).toMatchObject({ diffId: digestOf(tar), descriptor: { mediaType: 'gzip-type' } });
  const bytes = await bytesOf(first);
  expect(gunzipSync(bytes).equals(tar)).toBe(true);
  expect((await bytesOf(first)).equals(bytes)).toBe(true);
  expect(first.descriptor).toMatchObject({ size: bytes.length, digest: digestOf(bytes) });
});

test('an empty file, and one shorter than any mark of packing', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('ab')]) {
    const layer = kept(await readLayerFile(fileOf(bytes), options));
    expect(layer.diffId).toBe(digestOf(bytes));
    expect(gunzipSync(await bytesOf(layer)).equals(bytes)).toBe(true);
  }
});

test('a file that is not there, and one that is cut off', async () => {
  const missing = readLayerFile(join(temporaryDirectory(), 'missing'), options);
  await expect(missing).rejects.toMatchObject({ code: 'DISK_NOT_FOUND' });
  const cut = readLayerFile(fileOf(gzipSync(tar).subarray(0, -20)), options);
  await expect(cut).rejects.toMatchObject({ code: 'CODEC_COMPRESSION_INVALID' });
});

test('a stream that breaks off is told as it broke off', async () => {
  const broken = new RangeError('lost');
  const stream = (async function* () {
    yield tar.subarray(0, 100);
    throw broken;
  })();
  await expect(readLayerStream(stream, options)).rejects.toBe(broken);
});

test('what is no regular file is read from where it stands', async () => {
  const layer = kept(await readLayerFile('/dev/null', options));
  expect(layer.diffId).toBe(digestOf(Buffer.alloc(0)));
});
