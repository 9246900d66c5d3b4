import { expect, test } from 'vitest';
import { catalogNow, packagesIn } from '../../../testkit/cataloging.ts';
import { apk } from './index.ts';
import { catalogInstalled } from './installed.ts';

const read = (text: string) => catalogNow(catalogInstalled, 'lib/apk/db/installed', text);
const packagesOf = (text: string) => packagesIn(read(text));

test('everything a package says of itself', () => {
  const [pkg] = packagesOf(
    [
      'C:Q1AAECAwQFBgcICQoLDA0ODxAREhM=',
      'P:musl-utils',
      'V:1.2.4-r1',
      'A:x86_64',
      'T:a description: with a colon',
      'L:MIT AND BSD-2-Clause AND GPL-2.0-or-later',
      'o:musl',
      'm:Someone <someone@example.org>',
      'D:scanelf so:libc.so.1 !conflict absent>=1 other<2 other>1',
      'p:cmd:ldd=1.2.4-r1',
      'F:usr/bin',
      'M:0:0:755',
      'R:ldd',
      'a:0:0:755',
      'Z:Q1VmInUz3OVEZU7wmhNTzwwyXvCfU=',
      'F:',
      'R:top',
      '',
      'P:libc',
      'V:1.2.4-r1',
      'p:so:libc.so.1=1',
      '',
      'P:scanelf',
      'V:1.3-r0',
      'D:libc cmd:ldd',
      '',
      'P:other',
      'V:1.5-r0',
    ].join('\n'),
  );
  expect(pkg).toEqual({
    id: 'musl-utils@1.2.4-r1',
    name: 'musl-utils',
    version: '1.2.4-r1',
    arch: 'x86_64',
    source: { name: 'musl', version: '1.2.4-r1' },
    licenses: ['MIT', 'BSD-2-Clause', 'GPL-2.0-or-later'],
    maintainer: 'Someone <someone@example.org>',
    dependsOn: ['libc@1.2.4-r1', 'other@1.5-r0', 'scanelf@1.3-r0'],
    checksum: 'sha1:000102030405060708090a0b0c0d0e0f10111213',
    installedFiles: ['usr/bin/ldd', 'top'],
  });
});

test('a package needs no more than a name and a version', () => {
  expect(packagesOf('\n\nP:a\nV:1\n\n\n')).toEqual([
    { id: 'a@1', name: 'a', version: '1', source: { name: 'a', version: '1' } },
  ]);
});

test('of a name or a key that comes twice the first counts', () => {
  const packages = packagesOf('P:a\nV:1\nV:2\n\nP:a\nV:3\n\nP:b\nV:4\nD:a\n');
  expect(packages.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ['a@1', undefined],
    ['b@4', ['a@3']],
  ]);
});

test.each([
  ['Q1AQI=', 'sha1:0102'],
  ['Q2AQI=', 'sha256:0102'],
  ['AQI=', 'md5:0102'],
])('the checksum %s is %s', (encoded, expected) => {
  expect(packagesOf(`P:a\nV:1\nC:${encoded}\n`)[0]?.checksum).toBe(expected);
});

test.each([
  ['no key', 'P:a\nV:1\nrubbish\n'],
  ['no version', 'P:a\nA:x86_64\n'],
  ['no name', 'V:1\n'],
  ['files of no package', 'F:usr\nR:b\n'],
  ['two packages without a line between', 'P:a\nV:1\nP:b\nV:2\n'],
])('a database with %s is damaged', (_, text) => {
  expect(() => packagesOf(text)).toThrowCode('PACKAGE_DATABASE_INVALID');
});

test('a damaged package is left out and noted, the others are there', () => {
  const records = read('P:a\nV:1\n\nP:b\nrubbish\nV:2\n\nP:c\n\nP:d\nV:4\n');
  expect(packagesIn(records).map(({ id }) => id)).toEqual(['a@1', 'd@4']);
  expect(records[1]).toMatchObject({
    kind: 'coverage',
    note: { effect: 'incomplete', code: 'file-unreadable', data: { cause: 'PACKAGE_DATABASE_INVALID', errors: 2 } },
  });
});

test('a long directory does not make endless paths of many short names', () => {
  const text = `P:a\nV:1\nF:${'d'.repeat(100_000)}\n${'R:f\n'.repeat(1000)}`;
  expect(() => packagesOf(text)).toThrowCode('CODEC_LIMIT');
});

test('the package URL names the distribution and its release', () => {
  const pkg = { name: 'Musl', version: '1-r0', arch: 'x86_64' };
  expect(apk.purl(pkg, { family: 'alpine', name: '3.18.3' })).toEqual({
    type: 'apk',
    namespace: 'alpine',
    name: 'musl',
    version: '1-r0',
    qualifiers: { arch: 'x86_64', distro: '3.18.3' },
  });
  expect(apk.purl(pkg, undefined)).not.toHaveProperty('namespace');
});
