import { expect, test } from 'vitest';
import { catalogText } from '../../../testkit/catalog.ts';
import { catalogRelease, catalogRepositories } from './catalog.ts';

test('the release file is the bare release', async () => {
  expect(await catalogText(catalogRelease, 'etc/alpine-release', '3.18.4\n')).toEqual([
    { kind: 'os-release', id: 'alpine', versionId: '3.18.4' },
  ]);
  expect(await catalogText(catalogRelease, 'etc/alpine-release', '\n')).toEqual([]);
});

test.each([
  ['https://dl-cdn.alpinelinux.org/alpine/v3.18/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.9/community\n', '3.18'],
  ['http://mirror/pub/alpine/v3.18/main\n@edge https://mirror/alpine/edge/testing\n', 'edge'],
  ['# https://mirror/alpine/edge/main\nftp://mirror/alpine/v3.17/main\n', '3.17'],
])('%j installs from %s', async (text, release) => {
  expect(await catalogText(catalogRepositories, 'etc/apk/repositories', text)).toEqual([
    { kind: 'package-repository', family: 'alpine', release },
  ]);
});

test.each(['', '/media/cdrom/apks\n', 'https://mirror/alpine/latest-stable/main\n'])(
  'no release in %j',
  async (text) => {
    expect(await catalogText(catalogRepositories, 'etc/apk/repositories', text)).toEqual([]);
  },
);
