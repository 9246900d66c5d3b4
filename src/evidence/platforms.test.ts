import { expect, test } from 'vitest';
import { type BuiltBlob, buildImage, descriptor, toBlob } from '../../testkit/image.ts';
import { parseDigest } from '../core/digest.ts';
import { type ListedImage, listImages } from './platforms.ts';
import type { EvidenceSource } from './source.ts';

const { manifest: image } = buildImage({ layers: [[{ path: 'a' }]] });
const mediaType = 'application/vnd.oci.image.index.v1+json';
const indexOf = (manifests: readonly object[]): BuiltBlob =>
  toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests })), mediaType);

/** Only manifests are asked for. */
function sourceOf(...indexes: readonly BuiltBlob[]): EvidenceSource {
  const found = [image, ...indexes].map((blob) => ({ ...blob, digest: parseDigest(blob.digest) }));
  return {
    manifest: async (digest) => found.find((blob) => blob.digest === digest),
    referrers: async () => [],
    legacy: async () => undefined,
    blob: async () => expect.fail('a blob was asked for'),
    stream: () => expect.fail('a blob was asked for'),
  };
}

const list = (of: BuiltBlob, ...indexes: readonly BuiltBlob[]): Promise<ListedImage[]> =>
  listImages(sourceOf(...indexes), parseDigest(of.digest));

test('an image lists none, and an index each image once', async () => {
  expect(await list(image)).toEqual([]);
  const platform = { os: 'linux', architecture: 'arm64' };
  const index = indexOf([{ ...descriptor(image), platform }, descriptor(image), descriptor(image)]);
  const twice = indexOf([descriptor(index), descriptor(index)]);
  const found = await list(twice, index, twice);
  expect(found.map(({ digest }) => digest)).toEqual([index.digest, image.digest]);
});

test('an index that lists too much, or too deep, is not looked at', async () => {
  const names = Array.from({ length: 1001 }, (_, count) => `sha256:${count.toString(16).padStart(64, '0')}`);
  const wide = indexOf(names.map((digest) => ({ ...descriptor(image), digest })));
  await expect(list(wide, wide)).rejects.toThrowCode('EVIDENCE_INDEX_TOO_LARGE');
  const nested = [indexOf([descriptor(image)])];
  for (let depth = 0; depth < 9; depth++) nested.unshift(indexOf([descriptor(nested[0] ?? image)]));
  const [deep] = nested;
  await expect(list(deep ?? image, ...nested)).rejects.toThrowCode('EVIDENCE_INDEX_TOO_LARGE');
});

test('an index in an index must be there', async () => {
  const index = indexOf([descriptor(image)]);
  const outer = indexOf([descriptor(index)]);
  await expect(list(outer, outer)).rejects.toThrowCode('EVIDENCE_INCOMPLETE');
});
