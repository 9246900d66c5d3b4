import { expect, test } from 'vitest';
import { catalogNow as run } from '../../../testkit/cataloging.ts';
import { catalogAvailable } from './available.ts';
import { catalogCopyright } from './copyright.ts';
import { catalogFiles } from './files.ts';
import { dpkg } from './index.ts';

test('checksums of packages come from the list of available ones', () => {
  const text = 'Package: a\nVersion: 1:2-3\nSHA256: 00ff\n\nPackage: b\nVersion: 1\n';
  expect(run(catalogAvailable, 'var/lib/dpkg/available', text)).toEqual([
    { kind: 'package-checksums', checksums: { 'a@1:2-3': 'sha256:00ff' } },
  ]);
  expect(run(catalogAvailable, 'var/lib/dpkg/available', 'Package: b\nVersion: 1\n')).toEqual([]);
});

test.each(['var/lib/dpkg/info/libc6:amd64.md5sums', 'var/lib/dpkg/status.d/libc6.md5sums'])('files in %s', (path) => {
  const text = 'd41d8cd98f00b204e9800998ecf8427e  usr/lib/b  c\nd41d8cd98f00b204e9800998ecf8427e  etc/a\n';
  expect(run(catalogFiles, path, text)).toEqual([
    { kind: 'installed-files', package: 'libc6', files: ['/etc/a', '/usr/lib/b  c'] },
  ]);
  expect(run(catalogFiles, path, '')).toEqual([]);
  expect(() => run(catalogFiles, path, 'nonsense\n')).toThrowCode('PACKAGE_DATABASE_INVALID');
});

test('licences of a package come from its copyright file', () => {
  const path = 'usr/share/doc/zlib1g/copyright';
  expect(run(catalogCopyright, path, 'License: ZLIB\n')).toEqual([
    { kind: 'package-licenses', package: 'zlib1g', licenses: ['Zlib'] },
  ]);
  expect(run(catalogCopyright, path, 'All rights reserved.\n')).toEqual([]);
});

test.each([
  ['dpkg', 'var/lib/dpkg/status.d/libc6', true],
  ['dpkg', 'var/lib/dpkg/status.d/libc6.md5sums', false],
  ['dpkg', 'var/lib/dpkg/status.d/deeper/libc6', false],
  ['dpkg-license', 'usr/share/doc/a/copyright', true],
  ['dpkg-license', 'usr/share/doc/a/examples/copyright', false],
])('%s accepts %s: %s', (id, path, expected) => {
  const accepts = dpkg.catalogers.find((cataloger) => cataloger.id === id)?.accepts;
  expect(accepts?.({ path, size: 1, mode: 0o644 })).toBe(expected);
});

test('the package URL keeps the epoch apart and names the distribution', () => {
  const pkg = { name: 'a', version: '1', release: '2', epoch: 3, arch: 'amd64' };
  expect(dpkg.purl(pkg, { family: 'debian', name: '12.5' })).toEqual({
    type: 'deb',
    namespace: 'debian',
    name: 'a',
    version: '1-2',
    qualifiers: { arch: 'amd64', distro: 'debian-12.5', epoch: '3' },
  });
  expect(dpkg.purl({ name: 'a', version: '1' }, undefined)).toMatchObject({ version: '1' });
});
