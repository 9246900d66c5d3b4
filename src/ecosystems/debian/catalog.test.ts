import { expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogDebianVersion } from './catalog.ts';

test.each([
  ['12.15\n', '12.15'],
  ['  trixie/sid\nmore\n', 'trixie/sid'],
])('%j', async (text, versionId) => {
  expect(await catalogText(catalogDebianVersion, 'etc/debian_version', text)).toEqual([
    { kind: 'os-release', id: 'debian', versionId },
  ]);
});

test.each(['', '\n12', '  '])('nothing in %j', async (text) => {
  expect(await catalogText(catalogDebianVersion, 'etc/debian_version', text)).toEqual([]);
});
