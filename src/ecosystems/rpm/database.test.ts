import { expect, test } from 'vitest';
import { catalogNow, packagesIn } from '../../../testkit/cataloging.ts';
import { buildRpmHeader, buildRpmPackage, buildRpmSqlite, type RpmPackage } from '../../../testkit/rpm.ts';
import { buildRpmBerkeley, buildRpmNdb } from '../../../testkit/rpm-databases.ts';
import { buildSqlite } from '../../../testkit/sqlite.ts';
import { rpmTags } from '../../codecs/rpm-header/index.ts';
import { catalogDatabase } from './database.ts';

const read = (bytes: Uint8Array) => catalogNow(catalogDatabase, 'var/lib/rpm/rpmdb.sqlite', bytes);
const packagesOf = (...packages: readonly (RpmPackage | Buffer)[]) => packagesIn(read(buildRpmSqlite(packages)));
const minimal: RpmPackage = { name: 'a', version: '1', release: '2.el9', arch: 'x86_64', vendor: 'Red Hat, Inc.' };

test('everything a package says of itself', () => {
  const [pkg] = packagesOf(
    {
      ...minimal,
      name: 'nodejs',
      epoch: 1,
      license: 'MIT and ASL 2.0',
      sourceRpm: 'nodejs-src-18.1-2.el9.src.rpm',
      modularityLabel: 'nodejs:18:9:rhel9',
      md5: '00112233445566778899aabbccddeeff',
      provides: ['nodejs', 'npm(x)'],
      requires: ['libc.so.6()(64bit)', 'rpmlib(x)', 'npm(x)', 'libc.so.6()(64bit)'],
      files: ['/usr/bin/node', '/usr/bin/npm', '/usr/share/doc/'],
    },
    { ...minimal, name: 'glibc', provides: ['libc.so.6()(64bit)'] },
  );
  expect(pkg).toEqual({
    id: 'nodejs@1-2.el9.x86_64',
    name: 'nodejs',
    version: '1',
    release: '2.el9',
    epoch: 1,
    arch: 'x86_64',
    source: { name: 'nodejs-src', version: '18.1', release: '2.el9', epoch: 1 },
    licenses: ['MIT and ASL 2.0'],
    maintainer: 'Red Hat, Inc.',
    modularityLabel: 'nodejs:18:9:rhel9',
    repositoryClass: 'official',
    dependsOn: ['glibc@1-2.el9.x86_64'],
    checksum: 'md5:00112233445566778899aabbccddeeff',
    installedFiles: ['/usr/bin/node', '/usr/bin/npm', '/usr/share/doc'],
  });
});

test('a package needs no more than a name and a version; keys have no architecture', () => {
  expect(packagesOf(buildRpmHeader({ [rpmTags.name]: 'gpg-pubkey', [rpmTags.version]: 'fd43' }))).toEqual([
    { id: 'gpg-pubkey@fd43-.', name: 'gpg-pubkey', version: 'fd43', arch: 'None', repositoryClass: 'third-party' },
  ]);
});

test.each([
  ['Rocky Enterprise Software Foundation', '1.el9', 'official'],
  ['openSUSE', '1', 'official'],
  ['Fedora EPEL look-alike', '1', 'third-party'],
  ['Remi Collet', '1.el9.remi', 'third-party'],
  ['', '1.amzn2', 'official'],
  ['', '1.el9', 'third-party'],
])('packages of vendor "%s" and release %s are %s', (vendor, release, expected) => {
  expect(packagesOf({ ...minimal, vendor, release })[0]?.repositoryClass).toBe(expected);
});

test('files of other vendors are nobody’s, so that they are looked at', () => {
  expect(packagesOf({ ...minimal, vendor: 'Other', files: ['/opt/a'] })[0]).not.toHaveProperty('installedFiles');
});

test('old packages have whole paths', () => {
  const tags = { [rpmTags.name]: 'a', [rpmTags.version]: '1', [rpmTags.vendor]: 'CentOS' };
  const header = buildRpmHeader({ ...tags, [rpmTags.oldFileNames]: { strings: ['/bin/a', '/bin/b'] } });
  expect(packagesOf(header)[0]?.installedFiles).toEqual(['/bin/a', '/bin/b']);
});

const header = (tags: Parameters<typeof buildRpmHeader>[0]) =>
  buildRpmHeader({ [rpmTags.name]: 'a', [rpmTags.version]: '1', [rpmTags.vendor]: 'CentOS', ...tags });
const longDirectory = `/${'d'.repeat(1_000_000)}/`;

test.each([
  ['a package without version', buildRpmSqlite([buildRpmHeader({ [rpmTags.name]: 'a' })]), 'PACKAGE_DATABASE_INVALID'],
  [
    'files without directories',
    buildRpmSqlite([header({ [rpmTags.baseNames]: { strings: ['a'] } })]),
    'PACKAGE_DATABASE_INVALID',
  ],
  [
    'a file in no directory',
    buildRpmSqlite([header({ [rpmTags.baseNames]: { strings: ['a'] }, [rpmTags.directoryIndexes]: { int32: [7] } })]),
    'PACKAGE_DATABASE_INVALID',
  ],
  [
    'paths that together are endless',
    buildRpmSqlite([
      header({
        [rpmTags.baseNames]: { strings: Array(200).fill('a') },
        [rpmTags.directoryIndexes]: { int32: Array(200).fill(0) },
        [rpmTags.directoryNames]: { strings: [longDirectory] },
      }),
    ]),
    'CODEC_LIMIT',
  ],
  ['a header that is none', buildRpmSqlite([Buffer.from('nonsense, but long enough')]), 'CODEC_RPM_INVALID'],
  ['no table of packages', buildSqlite((database) => database.exec('CREATE TABLE t (a)')), 'PACKAGE_DATABASE_INVALID'],
  [
    'text in place of headers',
    buildSqlite((database) =>
      database.exec("CREATE TABLE Packages (hnum, blob); INSERT INTO Packages VALUES (1, 'x')"),
    ),
    'PACKAGE_DATABASE_INVALID',
  ],
  ['no packages but a log', buildRpmSqlite([], 'PRAGMA journal_mode = WAL'), 'PACKAGE_DATABASE_INVALID'],
  ['nothing at all', Buffer.alloc(0), 'PACKAGE_DATABASE_UNKNOWN'],
  ['a format that nobody knows', Buffer.alloc(8192, 1), 'PACKAGE_DATABASE_UNKNOWN'],
])('%s: a coded error', (_, bytes, code) => {
  expect(() => read(bytes)).toThrowCode(code);
});

test('a database without log may be empty', () => {
  expect(packagesOf()).toEqual([]);
  expect(packagesIn(read(buildRpmSqlite([buildRpmPackage(minimal)], 'PRAGMA journal_mode = WAL')))).toHaveLength(1);
});

test.each([
  ['SQLite', buildRpmSqlite([minimal, { ...minimal, name: 'b' }])],
  ['ndb', buildRpmNdb([minimal, 'hole', { ...minimal, name: 'b' }])],
  ['Berkeley DB', buildRpmBerkeley([minimal, { ...minimal, name: 'b', license: 'x'.repeat(3000) }])],
  ['Berkeley DB of a big-endian machine', buildRpmBerkeley([minimal, { ...minimal, name: 'b' }], { order: 'big' })],
])('packages of a database in %s', (_, bytes) => {
  expect(packagesIn(read(bytes)).map(({ name }) => name)).toEqual(['a', 'b']);
});

test('a damaged header is left out and noted, the others are there', () => {
  const records = read(buildRpmSqlite([minimal, Buffer.from('rubbish'), { ...minimal, name: 'b' }]));
  expect(packagesIn(records).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(records[1]).toMatchObject({
    kind: 'coverage',
    note: { effect: 'incomplete', code: 'file-unreadable', data: { cause: 'CODEC_RPM_INVALID', errors: 1 } },
  });
});

test('a damaged page ends the list; what was read before stays', () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ ...minimal, name: `p${index}`, license: 'x'.repeat(200) }));
  const bytes = buildRpmSqlite(many);
  bytes.fill(0, bytes.length - 4096 * 8);
  const records = read(bytes);
  expect(packagesIn(records).length).toBeGreaterThan(100);
  expect(packagesIn(records).length).toBeLessThan(300);
  expect(records[1]).toMatchObject({ kind: 'coverage', note: { data: { cause: 'CODEC_SQLITE_INVALID' } } });
});
