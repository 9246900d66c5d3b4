import { expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogContentManifest } from './content-manifest.ts';

const path = 'root/buildinfo/content_manifests/ubi9-container-9.2-1.json';

test('the repositories are recorded, without a major release at the end', async () => {
  const text = '{"metadata":{},"content_sets":["a-rpms","b-rpms__8","c-eus-rpms__9_DOT_2",7]}';
  expect(await catalogText(catalogContentManifest, path, text)).toEqual([
    { kind: 'build-info', buildInfo: { contentSets: ['a-rpms', 'b-rpms', 'c-eus-rpms__9_DOT_2'] } },
  ]);
});

test.each(['{}', 'null', '{"content_sets":[]}', '{"content_sets":null}', '{"content_sets":[1]}'])(
  'nothing in %s',
  async (text) => {
    expect(await catalogText(catalogContentManifest, path, text)).toEqual([]);
  },
);

test.each(['', '{"content_sets":', '{"content_sets":{}}', `"${'x'.repeat(16 * 2 ** 20)}"`])(
  'damage is a coded error (%#)',
  async (text) => {
    await expect(catalogText(catalogContentManifest, path, text)).rejects.toThrowCode('RELEASE_FILE_INVALID');
  },
);
