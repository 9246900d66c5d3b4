import { expect, test } from 'vitest';
import { testClient } from '../../../testkit/client.ts';
import { type BuiltBlob, type BuiltImage, buildImage, buildIndex, descriptor, toBlob } from '../../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import { parseImageReference } from '../../core/index.ts';
import { openRemoteContent } from '../stored/remote.ts';
import { contentProblems } from './content.ts';

const good = buildImage({ layers: [[{ path: 'a', content: 'x' }], [{ path: 'b' }]] });
const zstd = buildImage({ layers: [[{ path: 'c' }]], packing: 'zstd', architecture: 'arm64' });

async function problems(registry: TestRegistry, name: string, fast = false): Promise<string> {
  const content = await openRemoteContent(testClient(), parseImageReference(`${registry.host}/app:${name}`));
  return (await contentProblems(content, { fast })).join('\n\n');
}

/** The image with another configuration, or with other layers than its configuration tells of. */
function altered(
  image: BuiltImage,
  change: (document: Record<string, unknown>) => unknown,
  layers = image.layers,
): BuiltImage {
  const document = change(JSON.parse(image.config.bytes.toString()));
  const config = toBlob(Buffer.from(JSON.stringify(document)), image.config.mediaType);
  const body = JSON.parse(image.manifest.bytes.toString());
  const text = JSON.stringify({ ...body, config: descriptor(config), layers: layers.map(descriptor) });
  return { ...image, config, layers, manifest: toBlob(Buffer.from(text), image.manifest.mediaType) };
}

test('an image, and an index with images of any packing, that are well-formed', async () => {
  const registry = await startRegistry();
  await registry.put('app', 'good', good);
  await registry.put('app', 'zstd', zstd);
  await registry.putManifest('app', 'index', buildIndex([good, zstd]), []);
  expect(await problems(registry, 'good')).toBe('');
  expect(await problems(registry, 'index')).toBe('');
  expect(await problems(registry, 'index', true)).toBe('');
});

test.each<[string, BuiltImage, RegExp]>([
  [
    'another configuration',
    altered(good, (document) => ({ ...document, rootfs: JSON.parse(zstd.config.bytes.toString()).rootfs })),
    /^validating layers: mismatched number of diffids: len\(ConfigFile.RootFS.DiffIDs\)=1, len\(layers\)=2\nmismatched layer\[0\] diffid: DiffID\(\)=sha256:.*, SHA256\(Gunzip\(Compressed\(\)\)\)=sha256:/,
  ],
  [
    'no kind of root file system',
    altered(good, (document) => ({ ...document, rootfs: { ...(document['rootfs'] as object), type: '' } })),
    /^validating config: invalid ConfigFile.RootFS.Type: "" != "layers"$/,
  ],
  [
    'a configuration that is none',
    altered(good, () => ({})),
    /^validating config: The image configuration .* is not valid/,
  ],
  [
    'a path twice',
    buildImage({ layers: [[{ path: 'a' }, { path: 'a', content: 'again' }]] }),
    /^validating layers: layer\[0\]: duplicate file path: a$/,
  ],
  [
    'a layer that is no tar',
    altered(good, (document) => document, [
      toBlob(Buffer.from('x'.repeat(600)), 'application/vnd.oci.image.layer.v1.tar'),
    ]),
    /^validating layers: layer\[0\]: /,
  ],
])('%s', async (_, image, expected) => {
  const registry = await startRegistry();
  await registry.put('app', 'bad', image);
  expect(await problems(registry, 'bad')).toMatch(expected);
  await registry.putManifest('app', 'index', buildIndex([image]), []);
  expect(await problems(registry, 'index')).toMatch(
    /^validating children: failed to validate image Manifests\[0\]\(sha256:/,
  );
});

test('a layer that is gone, or not its digest', async () => {
  const registry = await startRegistry();
  await registry.put('app', 'good', good);
  const match = new RegExp(`blobs/${good.layers[1]?.digest}`);
  registry.fail({ match, act: { kind: 'status', status: 404 } });
  expect(await problems(registry, 'good', true)).toBe('validating layers: layer does not exist');
  expect(await problems(registry, 'good')).toMatch(/^validating layers: layer\[1\]: .*has no blob/);
  const other = await startRegistry();
  await other.put('app', 'good', good);
  other.fail({ match, act: { kind: 'body', body: Buffer.alloc(good.layers[1]?.bytes.length ?? 0) } });
  expect(await problems(other, 'good')).toMatch(/^validating layers: layer\[1\]: .*another digest/);
});

test('an index that says another platform than its image, or names what is not there', async () => {
  const registry = await startRegistry();
  await registry.put('app', 'good', good);
  const indexOf = async (name: string, entry: object): Promise<void> => {
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const text = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [entry] });
    const blob: BuiltBlob = toBlob(Buffer.from(text), mediaType);
    await registry.putManifest('app', name, blob, []);
  };
  const platform = { os: 'windows', architecture: 'arm64', variant: 'v8' };
  await indexOf('platform', { ...descriptor(good.manifest), platform });
  expect(await problems(registry, 'platform')).toContain(
    'mismatched OS: linux != windows\nmismatched Architecture: amd64 != arm64\nmismatched Variant:  != v8',
  );
  await indexOf('absent', descriptor(good.manifest));
  registry.fail({ match: new RegExp(`GET .*manifests/${good.manifest.digest}`), act: { kind: 'status', status: 404 } });
  expect(await problems(registry, 'absent')).toMatch(/failed to validate image Manifests\[0\].*: .*has no manifest/);
});
