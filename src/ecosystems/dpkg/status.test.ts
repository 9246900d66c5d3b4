import { expect, test } from 'vitest';
import { catalogNow, packagesIn } from '../../../testkit/cataloging.ts';
import { catalogStatus } from './status.ts';

const read = (text: string) => catalogNow(catalogStatus, 'var/lib/dpkg/status', text);
const packagesOf = (text: string) => packagesIn(read(text));

test('everything a package says of itself', () => {
  const text = [
    'Package: libssl3',
    'Status: install ok installed',
    'Maintainer: Debian OpenSSL Team <team@example.org>',
    'Architecture: amd64',
    'Source: openssl (1:3.0.20-1~deb12u2)',
    'Version: 2:3.0.20-1~deb12u2+b1',
    'Depends: libc6 (>= 2.34), debconf (>= 0.5) | debconf-2.0,',
    ' perl:any, libc6 (<< 3)',
    'Pre-Depends: dpkg',
    'Description: text',
    ' Version: 9',
    '',
    'Package: dpkg',
    'Version: 1.21',
    '',
    'Package: debconf-2.0',
    'Version: 2',
    '',
    'Package: libc6',
    'Version: 1:2.36-9',
  ].join('\n');
  expect(packagesOf(text)[0]).toEqual({
    id: 'libssl3@2:3.0.20-1~deb12u2+b1',
    name: 'libssl3',
    version: '3.0.20',
    release: '1~deb12u2+b1',
    epoch: 2,
    arch: 'amd64',
    source: { name: 'openssl', version: '3.0.20', release: '1~deb12u2', epoch: 1 },
    maintainer: 'Debian OpenSSL Team <team@example.org>',
    repositoryClass: 'official',
    dependsOn: ['debconf-2.0@2', 'libc6@1:2.36-9'],
  });
});

test.each([
  ['Source: other', { name: 'other', version: '1', release: '2' }],
  ['Source: other (3-4)', { name: 'other', version: '3', release: '4' }],
  ['Source: other ()', { name: 'other', version: '1', release: '2' }],
  ['Section: misc', { name: 'a', version: '1', release: '2' }],
])('with "%s" the source is %j', (field, source) => {
  expect(packagesOf(`Package: a\nVersion: 1-2\n${field}\n`)[0]?.source).toEqual(source);
});

test.each([
  ['install ok installed', 1],
  ['hold ok installed', 1],
  ['deinstall ok config-files', 0],
  ['purge ok installed', 0],
  ['unknown ok not-installed', 0],
])('status "%s" means %i packages', (status, count) => {
  expect(packagesOf(`Package: a\nStatus: ${status}\nVersion: 1\n`)).toHaveLength(count);
});

test('a package that is not installed needs no version', () => {
  expect(packagesOf('Package: a\nStatus: unknown ok not-installed\nPriority: extra\n')).toEqual([]);
});

test('a version that breaks the rules stays as it is, so that it is not lost', () => {
  expect(packagesOf('Package: a\nVersion: unknown-1\n')[0]).toMatchObject({ id: 'a@unknown-1', version: 'unknown-1' });
});

test.each([
  ['Docker <support@docker.com>', 'third-party'],
  ['NVIDIA <cudatools@NVIDIA.com>', 'third-party'],
  ['GitHub', 'third-party'],
  ['Githubber <me@debian.org>', 'official'],
  ["Marco d'Itri <md@linux.it>", 'official'],
])('packages of %s are %s', (maintainer, expected) => {
  expect(packagesOf(`Package: a\nVersion: 1\nMaintainer: ${maintainer}\n`)[0]?.repositoryClass).toBe(expected);
});

test('one package of two architectures is one entry, as it has one id', () => {
  const text = 'Package: a\nVersion: 1\nArchitecture: amd64\n\nPackage: a\nVersion: 1\nArchitecture: i386\n';
  expect(packagesOf(text)).toMatchObject([{ id: 'a@1', arch: 'i386' }]);
});

test.each([
  ['without a name', 'Version: 1\n'],
  ['without a version', 'Package: a\nStatus: install ok installed\n'],
])('a paragraph %s is damage', (_, text) => {
  expect(() => packagesOf(text)).toThrowCode('PACKAGE_DATABASE_INVALID');
});

test('a file that is no control file is an error', () => {
  expect(() => packagesOf('#!/bin/sh\nexit 0\n')).toThrowCode('CODEC_DEB822_INVALID');
});

test('a damaged paragraph is left out and noted, the others are there', () => {
  const records = read('Package: a\nVersion: 1\n\nrubbish\n\nPackage: b\n\nPackage: c\nVersion: 1\nDepends: a\n');
  expect(packagesIn(records).map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ['a@1', undefined],
    ['c@1', ['a@1']],
  ]);
  expect(records[1]).toMatchObject({
    kind: 'coverage',
    note: { effect: 'incomplete', code: 'file-unreadable', data: { cause: 'CODEC_DEB822_INVALID', errors: 2 } },
  });
});

test('one long name that very many packages depend on does not make the result endless', () => {
  const long = 'a'.repeat(900_000);
  const many = Array.from({ length: 100 }, (_, index) => `Package: p${index}\nVersion: 1\nDepends: ${long}\n\n`);
  const records = read(`Package: ${long}\nVersion: 1\n\n${many.join('')}`);
  expect(packagesIn(records)).toHaveLength(101);
  expect(records[1]).toMatchObject({
    kind: 'coverage',
    note: { effect: 'incomplete', data: { cause: 'CODEC_LIMIT' } },
  });
});
