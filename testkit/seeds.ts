import { makeGoElf } from './go-program.ts';
import { buildRpmSqlite } from './rpm.ts';
import { buildRpmBerkeley, buildRpmNdb } from './rpm-databases.ts';
import { makeZip } from './zip.ts';

/** A sound file for one cataloger; the contract tests damage it in every way they know. */
export interface CatalogerSeed {
  readonly cataloger: string;
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode?: number;
  /** True when the cataloger is there to say that it cannot read such files. */
  readonly refused?: true;
}

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** An empty write-ahead log, but for one frame of its own. */
const log = Buffer.concat([Buffer.from('377f0682', 'hex'), Buffer.alloc(84)]);

const pomProperties = text('groupId=org.example', 'artifactId=x', 'version=1.0');

const rpmPackage = {
  name: 'openssl-libs',
  version: '3.0.7',
  release: '16.el9_2',
  epoch: 1,
  arch: 'x86_64',
  vendor: 'Red Hat, Inc.',
  license: 'ASL 2.0',
  sourceRpm: 'openssl-3.0.7-16.el9_2.src.rpm',
  modularityLabel: 'm:1:2:3',
  md5: '00112233445566778899aabbccddeeff',
  provides: ['openssl-libs', 'libssl.so.3()(64bit)'],
  requires: ['libc.so.6()(64bit)'],
  files: ['/usr/lib64/libssl.so.3', '/usr/share/licenses/openssl-libs/LICENSE'],
};
const glibc = { ...rpmPackage, name: 'glibc', provides: ['libc.so.6()(64bit)'] };

const apkPackages = text(
  'C:Q1AAECAwQFBgcICQoLDA0ODxAREhM=',
  'P:musl',
  'V:1.2.4-r1',
  'A:x86_64',
  'L:MIT AND (ISC OR X11)',
  'o:musl',
  'm:Someone <someone@example.org>',
  'p:so:libc.musl-x86_64.so.1=1',
  'F:lib',
  'R:libc.so',
  '',
  'P:scanelf',
  'V:1.3.7-r1',
  'D:musl>=1.2 so:libc.musl-x86_64.so.1 !other',
);

const dpkgPackages = text(
  'Package: libssl3',
  'Status: install ok installed',
  'Maintainer: Someone <someone@example.org>',
  'Architecture: amd64',
  'Source: openssl (3.0.20-1)',
  'Version: 1:3.0.20-1~deb12u2+b1',
  'Depends: libc6 (>= 2.34), debconf | debconf-2.0',
  'Description: a library',
  ' of which more is said here',
  '',
  'Package: libc6',
  'Version: 2.36-9',
);

const moduleFile = text(
  'module example.org/m',
  'go 1.22',
  'require (',
  '  example.org/a v1.2.3',
  '  example.org/b v0.0.0-20240101000000-abcdefabcdef // indirect',
  ')',
  'replace example.org/a => example.org/c v2.0.0',
);

const lockFile = JSON.stringify(
  {
    lockfileVersion: 3,
    packages: {
      '': { workspaces: ['packages/*'], dependencies: { a: '^1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '*' } },
      'node_modules/a/node_modules/b': { version: '2.0.0', dev: true },
      'node_modules/own': { resolved: 'packages/own', link: true },
      'packages/own': { version: '0.1.0', peerDependencies: { a: '*' } },
    },
  },
  undefined,
  2,
);

const oldLockFile = JSON.stringify({
  lockfileVersion: 1,
  dependencies: { a: { version: '1.0.0', requires: { b: '*' }, dependencies: { b: { version: '1.0.0', dev: true } } } },
});

const pythonMetadata = text(
  'Metadata-Version: 2.1',
  'Name: Some_Package',
  'Version: 1.0',
  'Classifier: License :: OSI Approved :: MIT License',
  'License-File: LICENSE',
  '',
  'About it.',
);

const isc = text(
  'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby',
  'granted, provided that the above copyright notice and this permission notice appear in all copies.',
);

/** At least one seed for every registered cataloger. */
export const seeds: readonly CatalogerSeed[] = [
  { cataloger: 'os-release', path: 'etc/os-release', content: text('ID="debian"', 'VERSION_ID="12"', "NAME='D'") },
  { cataloger: 'apk', path: 'lib/apk/db/installed', content: apkPackages },
  { cataloger: 'dpkg', path: 'var/lib/dpkg/status', content: dpkgPackages },
  {
    cataloger: 'dpkg-available',
    path: 'var/lib/dpkg/available',
    content: text('Package: a', 'Version: 1', 'SHA256: 00'),
  },
  {
    cataloger: 'dpkg-files',
    path: 'var/lib/dpkg/info/a:amd64.md5sums',
    content: text('00ff  usr/bin/a', '00ff  etc/a'),
  },
  {
    cataloger: 'dpkg-license',
    path: 'usr/share/doc/a/copyright',
    content: text('License: GPL-2+ or MIT', '', ' text'),
  },
  { cataloger: 'rpm', path: 'var/lib/rpm/rpmdb.sqlite', content: buildRpmSqlite([rpmPackage, glibc]) },
  { cataloger: 'rpm', path: 'usr/lib/sysimage/rpm/Packages.db', content: buildRpmNdb([rpmPackage, glibc]) },
  { cataloger: 'rpm', path: 'var/lib/rpm/Packages', content: buildRpmBerkeley([rpmPackage, glibc]) },
  { cataloger: 'rpm-log', path: 'var/lib/rpm/rpmdb.sqlite-wal', content: log, refused: true },
  {
    cataloger: 'rpmqa',
    path: 'var/lib/rpmmanifest/container-manifest-2',
    content: text('a\t1.2-3.cm2\t1\t2\tMicrosoft Corporation\t(none)\t9\tx86_64\t4\tsrc-1.2-3.cm2.src.rpm'),
  },
  { cataloger: 'alpine', path: 'etc/alpine-release', content: text('3.18.3') },
  { cataloger: 'apk-repo', path: 'etc/apk/repositories', content: text('https://example.org/alpine/v3.18/main') },
  { cataloger: 'debian', path: 'etc/debian_version', content: text('12.5') },
  { cataloger: 'ubuntu', path: 'etc/lsb-release', content: text('DISTRIB_ID=Ubuntu', 'DISTRIB_RELEASE=22.04') },
  {
    cataloger: 'ubuntu-esm',
    path: 'var/lib/ubuntu-advantage/status.json',
    content: '{"services":[{"name":"esm-infra","status":"enabled"}]}',
  },
  { cataloger: 'redhat', path: 'etc/redhat-release', content: text('Red Hat Enterprise Linux release 9.2 (Plow)') },
  {
    cataloger: 'redhat-content-manifest',
    path: 'root/buildinfo/content_manifests/a.json',
    content: '{"content_sets":["rhel-9-for-x86_64-baseos-rpms"]}',
  },
  {
    cataloger: 'redhat-dockerfile',
    path: 'root/buildinfo/Dockerfile-ubi9-9.2-1',
    content: text('FROM x', 'ENV A=b', 'LABEL com.redhat.component="$A-container" \\', '  architecture="x86_64"'),
  },
  { cataloger: 'centos', path: 'etc/centos-release', content: text('CentOS Linux release 7.9.2009 (Core)') },
  { cataloger: 'fedora', path: 'etc/fedora-release', content: text('Fedora release 40 (Forty)') },
  { cataloger: 'rocky', path: 'etc/rocky-release', content: text('Rocky Linux release 9.2 (Blue Onyx)') },
  { cataloger: 'alma', path: 'etc/almalinux-release', content: text('AlmaLinux release 9.2 (Turquoise Kodkod)') },
  { cataloger: 'oracle', path: 'etc/oracle-release', content: text('Oracle Linux Server release 9.2') },
  { cataloger: 'amazon', path: 'etc/system-release', content: text('Amazon Linux release 2023 (Amazon Linux)') },
  {
    cataloger: 'bottlerocket-inventory',
    path: 'usr/share/bottlerocket/application-inventory.json',
    content: '{"Content":[]}',
    refused: true,
  },
  {
    cataloger: 'node-pkg',
    path: 'app/node_modules/a/package.json',
    content: '{"name":"@s/a","version":"1.0.0","license":{"type":"BSD"}}',
  },
  { cataloger: 'npm', path: 'app/package-lock.json', content: lockFile },
  { cataloger: 'npm', path: 'app/npm-shrinkwrap.json', content: oldLockFile },
  {
    cataloger: 'npm-license',
    path: 'app/node_modules/a/package.json',
    content: '{"name":"a","version":"1.0.0","license":"MIT"}',
  },
  { cataloger: 'python-pkg', path: 'usr/lib/python3/x-1.0.dist-info/METADATA', content: pythonMetadata },
  { cataloger: 'python-license', path: 'usr/lib/python3/x-1.0.dist-info/LICENSE', content: isc },
  {
    cataloger: 'python-egg',
    path: 'usr/lib/python3/x-1.0.egg',
    content: makeZip([
      { name: 'EGG-INFO/PKG-INFO', content: pythonMetadata },
      { name: 'LICENSE', content: isc },
    ]),
  },
  {
    cataloger: 'pip',
    path: 'requirements.txt',
    content: text('flask[async]==2.0.0 \\', ' --hash=sha256:00', 'six==1.16.0; python_version < "4" # why'),
  },
  {
    cataloger: 'gobinary',
    path: 'usr/bin/tool',
    mode: 0o755,
    content: makeGoElf({ modules: ['mod\texample.org/tool\tv1.2.3', 'dep\texample.org/a\tv0.1.0'] }),
  },
  { cataloger: 'gomod', path: 'src/go.mod', content: moduleFile },
  {
    cataloger: 'gosum',
    path: 'src/go.sum',
    content: text('example.org/a v1.2.3 h1:x=', 'example.org/a v1.2.3/go.mod h1:y='),
  },
  {
    cataloger: 'jar',
    path: 'app/all.ear',
    content: makeZip([
      { name: 'web.war', content: makeZip([{ name: 'WEB-INF/lib/x-1.0.jar', content: makeZip([]), stored: true }]) },
      { name: 'META-INF/LICENSE', content: isc },
    ]),
  },
  {
    cataloger: 'jar',
    path: 'app/x-1.0.jar',
    content: makeZip([
      { name: 'META-INF/MANIFEST.MF', content: text('Manifest-Version: 1.0', 'Implementation-Title: x') },
      { name: 'META-INF/maven/org.example/x/pom.properties', content: pomProperties },
    ]),
  },
];
