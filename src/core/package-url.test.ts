import { expect, test } from 'vitest';
import { formatPackageUrl, type PackageUrl } from './package-url.ts';

const cases: readonly (readonly [PackageUrl, string])[] = [
  [{ type: 'npm', name: 'lodash', version: '4.17.21' }, 'pkg:npm/lodash@4.17.21'],
  [{ type: 'npm', namespace: '@babel', name: 'core', version: '7.0.0' }, 'pkg:npm/%40babel/core@7.0.0'],
  [
    {
      type: 'deb',
      namespace: 'debian',
      name: 'libstdc++6',
      version: '12.2.0-14+deb12u1',
      qualifiers: { distro: 'debian-12', arch: 'amd64' },
    },
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12',
  ],
  [{ type: 'deb', name: 'a', version: '1:2~rc1' }, 'pkg:deb/a@1:2~rc1'],
  [
    { type: 'golang', namespace: 'github.com/org', name: 'mod', version: 'v1.0.0', subpath: 'a b/c' },
    'pkg:golang/github.com/org/mod@v1.0.0#a%20b/c',
  ],
  [
    { type: 'rpm', name: 'x', qualifiers: { epoch: '', arch: undefined, modularitylabel: 'a:b' } },
    'pkg:rpm/x?modularitylabel=a:b',
  ],
  [{ type: 'generic', name: "o'(d)d!*" }, 'pkg:generic/o%27%28d%29d%21%2A'],
  [{ type: 'generic', name: 'ü/&=?#@%' }, 'pkg:generic/%C3%BC%2F%26%3D%3F%23%40%25'],
];

test.each(cases)('%j', (purl, expected) => {
  expect(formatPackageUrl(purl)).toBe(expected);
});
