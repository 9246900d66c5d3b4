import { expect, test } from 'vitest';
import { catalogText } from '../../testkit/catalog.ts';
import { catalogRelease } from './red-hat-release.ts';

test.each([
  ['CentOS Linux release 7.9.2009 (Core)', 'centos', '7.9.2009'],
  ['CentOS release 6.10 (Final)', 'centos', '6.10'],
  ['CentOS Stream release 9', 'centos-stream', '9'],
  ['  Rocky Linux release 8.6 (Green Obsidian)  ', 'rocky', '8.6'],
  ['AlmaLinux release 9.2 (Turquoise Kodkod)', 'almalinux', '9.2'],
  ['Oracle Linux Server release 8.9', 'ol', '8.9'],
  ['Fedora release 39 (Thirty Nine)', 'fedora', '39'],
  ['Red Hat Enterprise Linux release 9.2 (Plow)', 'rhel', '9.2'],
  ['Red Hat Enterprise Linux Server release 6.10 (Santiago)', 'rhel', '6.10'],
  ['Red Hat Enterprise Linux CoreOS release 4.12', 'rhcos', '4.12'],
  ['A Rebuild of It release 8.1', 'rhel', '8.1'],
])('%j is %s %s', async (line, id, versionId) => {
  expect(await catalogText(catalogRelease, 'etc/x-release', `${line}\nmore\n`)).toEqual([
    { kind: 'os-release', id, versionId },
  ]);
});

test.each(['', '\n', 'release 9', 'Rocky Linux 9', 'Rocky Linux release nine', `${' '.repeat(60_000)}x`])(
  'nothing in %j',
  async (text) => {
    expect(await catalogText(catalogRelease, 'etc/x-release', text)).toEqual([]);
  },
);
