import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Distribution, FileHead } from '../../src/core/index.ts';
import { ecosystems } from '../../src/ecosystems/registry.ts';
import { detectOperatingSystem } from '../../src/inventory/operating-system.ts';
import { makeSelector } from '../../src/inventory/select.ts';
import { strategies } from '../../src/match/registry.ts';
import { versionSchemes } from '../../src/versions/registry.ts';
import { catalogText } from '../../testkit/catalog.ts';
import { filed } from '../../testkit/inventory.ts';

const distributions = ecosystems.all.filter(
  (ecosystem): ecosystem is Distribution => ecosystem.kind === 'distribution',
);
const selector = makeSelector(ecosystems.all.flatMap((ecosystem) => ecosystem.catalogers ?? []));
const folder = join(import.meta.dirname, '../../src/ecosystems');

/** The operating system of a tree with these files, every registered cataloger being asked. */
async function detect(files: Readonly<Record<string, string>>): Promise<Distribution['id'] | undefined> {
  const os = detectOperatingSystem(await readAll(files), distributions);
  return os && [os.family, os.name, os.repositoryRelease].filter((part) => part !== undefined).join(' ');
}

async function readAll(files: Readonly<Record<string, string>>): Promise<Parameters<typeof detectOperatingSystem>[0]> {
  const records = [];
  for (const [path, text] of Object.entries(files).sort()) {
    const head: FileHead = { path, size: text.length, mode: 0o644 };
    for (const cataloger of selector.select(head)) {
      for (const record of await catalogText(await cataloger.load(), path, text)) {
        records.push({ ...filed(path, record, cataloger.id), layer: 0 });
      }
    }
  }
  return records;
}

const osRelease = (id: string, versionId?: string, name = id): string =>
  `NAME="${name}"\nID=${id}\n${versionId === undefined ? '' : `VERSION_ID="${versionId}"\n`}`;

describe('systems are recognised by their release files', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['alpine 3.18.4', { 'etc/alpine-release': '3.18.4\n', 'etc/os-release': osRelease('alpine', '3.18.4') }],
    ['alpine 3.18.4', { 'etc/alpine-release': '3.18.4\n' }],
    [
      'alpine 3.20.0 edge',
      { 'etc/os-release': osRelease('alpine', '3.20.0'), 'etc/apk/repositories': 'https://x/alpine/edge/main\n' },
    ],
    ['wolfi 20230201', { 'etc/os-release': osRelease('wolfi', '20230201') }],
    ['chainguard 20230214', { 'etc/os-release': osRelease('chainguard', '20230214') }],
    ['minimos 1', { 'etc/os-release': osRelease('minimos', '1') }],
    ['debian 12.15', { 'etc/debian_version': '12.15\n', 'etc/os-release': osRelease('debian', '12') }],
    ['debian 12', { 'usr/lib/os-release': osRelease('debian', '12') }],
    ['debian trixie/sid', { 'etc/debian_version': 'trixie/sid\n', 'etc/os-release': osRelease('debian') }],
    ['debian 13', { 'etc/debian_version': 'trixie/sid\n', 'etc/os-release': osRelease('debian', '13') }],
    ['debian ', { 'etc/os-release': osRelease('debian') }],
    ['debian 11.9', { 'etc/debian_version': '11.9\n', 'etc/os-release': osRelease('raspbian', '11') }],
    [
      'ubuntu 22.04',
      {
        'etc/debian_version': 'bookworm/sid\n',
        'etc/os-release': osRelease('ubuntu', '22.04'),
        'etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\n',
      },
    ],
    [
      'ubuntu 18.04',
      { 'etc/debian_version': 'buster/sid\n', 'etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=18.04\n' },
    ],
    ['ubuntu 22.04', { 'usr/lib/os-release': osRelease('ubuntu', '22.04') }],
    [
      'ubuntu 16.04-ESM',
      {
        'etc/os-release': osRelease('ubuntu', '16.04'),
        'var/lib/ubuntu-advantage/status.json': '{"services":[{"name":"esm-infra","status":"enabled"}]}',
      },
    ],
    ['echo 1', { 'etc/debian_version': '13.1\n', 'etc/os-release': osRelease('echo', '1') }],
    [
      'redhat 9.2',
      {
        'etc/redhat-release': 'Red Hat Enterprise Linux release 9.2 (Plow)\n',
        'etc/os-release': osRelease('rhel', '9.2'),
      },
    ],
    ['redhat 7.9', { 'etc/redhat-release': 'Red Hat Enterprise Linux Server release 7.9 (Maipo)\n' }],
    [
      'redhat 7.9',
      {
        'etc/redhat-release': 'Scientific Linux release 7.9 (Nitrogen)\n',
        'etc/os-release': osRelease('scientific', '7.9'),
      },
    ],
    [
      'redhat 8.6',
      {
        'etc/redhat-release': 'Red Hat Enterprise Linux CoreOS release 4.12\n',
        'etc/os-release': osRelease('rhcos', '4.12'),
      },
    ],
    [
      'centos 7.9.2009',
      {
        'etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)\n',
        'etc/os-release': osRelease('centos', '7', 'CentOS Linux'),
      },
    ],
    ['centos 6.10', { 'etc/centos-release': 'CentOS release 6.10 (Final)\n' }],
    [
      'centos-stream 9',
      {
        'etc/centos-release': 'CentOS Stream release 9\n',
        'etc/os-release': osRelease('centos', '9', 'CentOS Stream'),
      },
    ],
    [
      'rocky 9.2',
      { 'etc/rocky-release': 'Rocky Linux release 9.2 (Blue Onyx)\n', 'etc/os-release': osRelease('rocky', '9.2') },
    ],
    [
      'alma 8.6',
      {
        'etc/almalinux-release': 'AlmaLinux release 8.6 (Sky Tiger)\n',
        'etc/redhat-release': 'AlmaLinux release 8.6 (Sky Tiger)\n',
      },
    ],
    ['alma 9.2', { 'usr/lib/os-release': osRelease('almalinux', '9.2') }],
    [
      'oracle 8.9',
      {
        'etc/oracle-release': 'Oracle Linux Server release 8.9\n',
        'etc/redhat-release': 'Red Hat Enterprise Linux release 8.9 (Ootpa)\n',
        'etc/os-release': osRelease('ol', '8.9'),
      },
    ],
    [
      'fedora 39',
      {
        'usr/lib/fedora-release': 'Fedora release 39 (Thirty Nine)\n',
        'usr/lib/os-release': osRelease('fedora', '39'),
      },
    ],
    [
      'amazon 2 (Karoo)',
      { 'etc/system-release': 'Amazon Linux release 2 (Karoo)\n', 'etc/os-release': osRelease('amzn', '2') },
    ],
    [
      'amazon 2023.3.20240108 (Amazon Linux)',
      {
        'usr/lib/system-release': 'Amazon Linux release 2023.3.20240108 (Amazon Linux)\n',
        'usr/lib/os-release': osRelease('amzn', '2023'),
      },
    ],
    [
      'amazon AMI release 2018.03',
      { 'etc/system-release': 'Amazon Linux AMI release 2018.03\n', 'etc/os-release': osRelease('amzn', '2018.03') },
    ],
    ['amazon 2023', { 'etc/os-release': osRelease('amzn', '2023') }],
    ['sles 15.5', { 'etc/os-release': osRelease('sles', '15.5') }],
    ['slem 5.5', { 'etc/os-release': osRelease('sle-micro', '5.5') }],
    ['slem 6.0', { 'etc/os-release': osRelease('sl-micro', '6.0') }],
    ['opensuse-leap 15.5', { 'etc/os-release': osRelease('opensuse-leap', '15.5') }],
    ['opensuse-leap 42.3', { 'etc/os-release': osRelease('opensuse', '42.3') }],
    ['opensuse-tumbleweed 20240101', { 'etc/os-release': osRelease('opensuse-tumbleweed', '20240101') }],
    [
      'photon 5.0',
      {
        'etc/os-release': osRelease('photon', '5.0'),
        'etc/lsb-release': 'DISTRIB_ID="VMware Photon OS"\nDISTRIB_RELEASE="5.0"\n',
      },
    ],
    ['cbl-mariner 2.0.20230101', { 'etc/os-release': osRelease('mariner', '2.0.20230101') }],
    ['azurelinux 3.0.20240801', { 'etc/os-release': osRelease('azurelinux', '3.0.20240801') }],
    ['bottlerocket 1.7.1', { 'etc/os-release': osRelease('bottlerocket', '1.7.1') }],
    ['coreos 30', { 'etc/os-release': osRelease('coreos', '30') }],
    ['activestate 1', { 'etc/os-release': osRelease('activestate', '1') }],
  ])('%s from %j', async (expected, files) => {
    expect(await detect(files)).toBe(expected);
  });

  test.each<[Readonly<Record<string, string>>]>([
    [{}],
    [{ 'etc/os-release': osRelease('arch') }],
    [{ 'etc/os-release': 'NAME=x\n' }],
    [
      {
        'etc/redhat-release': 'no release at all\n',
        'etc/debian_version': '\n',
        'etc/lsb-release': '\n',
        'etc/system-release': '\n',
      },
    ],
    [{ 'var/lib/ubuntu-advantage/status.json': '{"services":[{"name":"esm-infra","status":"enabled"}]}' }],
  ])('nothing from %j', async (files) => {
    expect(await detect(files)).toBeUndefined();
  });
});

test.each([
  ['alpine', '3.18.4', 'alpine 3.18'],
  ['wolfi', '20230201', 'wolfi'],
  ['chainguard', '20230214', 'chainguard'],
  ['minimos', '1', 'minimos'],
  ['debian', '12.15', 'debian 12'],
  ['ubuntu', '22.04', 'ubuntu 22.04'],
  ['ubuntu', '16.04-ESM', 'ubuntu 16.04-ESM'],
  ['ubuntu', '22.04-ESM', 'ubuntu 22.04'],
  ['echo', '1', 'echo'],
  ['redhat', '9.2', 'Red Hat'],
  ['centos', '7.9.2009', 'Red Hat'],
  ['rocky', '9.2', 'rocky 9'],
  ['alma', '10.0', 'alma 10'],
  ['oracle', '8.9', 'Oracle Linux 8'],
  ['amazon', '2 (Karoo)', 'amazon linux 2'],
  ['amazon', '2022.0.1 (Amazon Linux)', 'amazon linux 2022'],
  ['amazon', '2023', 'amazon linux 2023'],
  ['amazon', 'AMI release 2018.03', 'amazon linux 1'],
  ['amazon', '2018.03', 'amazon linux 1'],
  ['sles', '15.5', 'SUSE Linux Enterprise 15.5'],
  ['slem', '5.5', 'SUSE Linux Enterprise Micro 5.5'],
  ['opensuse-leap', '15.5', 'openSUSE Leap 15.5'],
  ['opensuse-tumbleweed', '20240101', 'openSUSE Tumbleweed'],
  ['photon', '5.0', 'Photon OS 5.0'],
  ['cbl-mariner', '2.0.20230101', 'CBL-Mariner 2.0'],
  ['azurelinux', '3.0.20240801', 'Azure Linux 3.0'],
])('advisories of %s %s are in "%s"', (family, name, bucket) => {
  const distribution = distributions.find(({ id }) => id === family);
  expect(distribution?.matching?.bucket({ family, name })).toBe(bucket);
});

test('the repository decides over the release of Alpine', () => {
  const alpine = distributions.find(({ id }) => id === 'alpine');
  expect(alpine?.matching?.bucket({ family: 'alpine', name: '3.18.4', repositoryRelease: 'edge' })).toBe('alpine edge');
});

test.each([
  ['alpine', '3.18.4', '2025-05-09'],
  ['debian', '12.15', '2028-06-10'],
  ['ubuntu', '18.04', '2023-05-31'],
  ['ubuntu', '18.04-ESM', '2028-03-31'],
  ['ubuntu', '22.04-ESM', '2027-04-23'],
  ['redhat', '6.10', '2024-06-30'],
  ['redhat', '9.2', 'open'],
  ['centos', '7.9.2009', '2024-06-30'],
  ['rocky', '9.2', '2032-05-31'],
  ['alma', '8.6', '2029-03-01'],
  ['oracle', '7.9', '2024-12-31'],
  ['amazon', '2 (Karoo)', '2026-06-30'],
  ['amazon', 'AMI release 2018.03', '2023-12-31'],
  ['amazon', '2022', undefined],
  ['sles', '15.6', '2025-12-31'],
  ['slem', '5.5', '2027-10-31'],
  ['opensuse-leap', '15.6', '2025-12-31'],
  ['photon', '4.0', '2026-03-31'],
])('support of %s %s ends %s', (family, name, day) => {
  const distribution = distributions.find(({ id }) => id === family);
  expect(distribution?.endOfLife?.[distribution.release(name)]).toBe(day);
});

describe.each(distributions)('$id', (distribution) => {
  test('refers to strategies and schemes that are registered', () => {
    if (distribution.matching === undefined) return;
    expect(strategies.get(distribution.matching.strategy)).toBeDefined();
    expect(versionSchemes.get(distribution.matching.versionScheme)).toBeDefined();
  });

  test('has days of end of life that are days', () => {
    for (const day of Object.values(distribution.endOfLife ?? {})) {
      if (day !== 'open') expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
    }
  });

  test('lives in the folder of its name', () => {
    expect(readFileSync(join(folder, distribution.id, 'index.ts'), 'utf8')).toContain(`id: '${distribution.id}'`);
  });
});

test('every folder of an ecosystem is registered', () => {
  const folders = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  expect(folders.filter((name) => ecosystems.get(name) === undefined)).toEqual([]);
});

test('every package format and language names a registered version scheme', () => {
  const named = ecosystems.all.flatMap((ecosystem) => ('versionScheme' in ecosystem ? [ecosystem.versionScheme] : []));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((scheme) => versionSchemes.get(scheme) === undefined)).toEqual([]);
});

test('every strategy has a folder of its name, and a distribution', () => {
  const folders = readdirSync(join(folder, '../match/strategies'));
  expect(strategies.all.map(({ id }) => id).sort()).toEqual(folders.sort());
  const used = new Set(distributions.map(({ matching }) => matching?.strategy));
  expect(strategies.all.filter(({ id }) => !used.has(id))).toEqual([]);
});
