import { describe, expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../../../testkit/advisory-store.ts';
import { makePackage } from '../../../../testkit/inventory.ts';
import { matchingOf, runStrategy } from '../../../../testkit/match.ts';
import type { Advisory, AdvisoryEntry, OperatingSystem, Package } from '../../../core/index.ts';
import { redhat } from '../../../ecosystems/redhat/index.ts';

const products = {
  'Red Hat CPE / repository': {
    'rhel-9-for-x86_64-baseos-rpms': [1, 2],
    'rhel-9-for-x86_64-appstream-rpms': [3],
    'rhel-8-for-x86_64-baseos-rpms': [10],
    'eus-rpms': [4],
    broken: 'text',
  },
  'Red Hat CPE / nvr': { 'ubi9-container-9.2-1-x86_64': [5] },
};

function run(
  advisories: Readonly<Record<string, Omit<Advisory, 'id'>>>,
  pkg: Partial<Package> = {},
  os: OperatingSystem = { family: 'redhat', name: '9.2' },
): ReturnType<typeof runStrategy> {
  const dataSources = { 'Red Hat': { id: 'redhat-oval', name: 'Red Hat', url: '' } };
  const store = makeAdvisoryStore({
    advisories: { 'Red Hat': { tool: advisories, 'nodejs:18::tool': { 'CVE-MODULE': open({ affected: [1] }) } } },
    values: products,
    dataSources,
  });
  const packages = [makePackage('tool@1.0', { version: '1.0', release: '2.el9', arch: 'x86_64', ...pkg })];
  return runStrategy({ matching: matchingOf(redhat), packages, store, os });
}

/** An advisory of one entry, as open flaws are filed. */
function open(entry: Partial<AdvisoryEntry>): Omit<Advisory, 'id'> {
  return { entries: [{ affected: [1], cves: [{ severity: 2 }], ...entry }] };
}

function erratum(fixedVersion: string, ...ids: readonly string[]): Omit<Advisory, 'id'> {
  return { entries: [{ affected: [1], fixedVersion, cves: ids.map((id) => ({ id, severity: 3 })) }] };
}

test('an open flaw is filed under its CVE, with status and severity', async () => {
  const { matches } = await run({ 'CVE-1': open({ status: 5 }) });
  expect(matches).toMatchObject([{ id: 'CVE-1', status: 'will_not_fix', severity: 2, severitySource: 'redhat' }]);
  expect(matches[0]).not.toHaveProperty('fixedVersion');
  expect(matches[0]).not.toHaveProperty('vendorIds');
  expect(matches[0]).not.toHaveProperty('dataSource');
});

test('an erratum is one finding for each CVE', async () => {
  const { matches } = await run({ 'RHSA-1': erratum('0:1.0-3.el9', 'CVE-1', 'CVE-2') });
  expect(matches).toMatchObject([
    { id: 'CVE-1', fixedVersion: '1.0-3.el9', vendorIds: ['RHSA-1'], severity: 3 },
    { id: 'CVE-2', fixedVersion: '1.0-3.el9', vendorIds: ['RHSA-1'] },
  ]);
});

describe('several advisories for one CVE', () => {
  test.each([
    [
      'the later fix counts',
      { 'RHSA-1': erratum('1.0-3', 'CVE-1'), 'RHSA-2': erratum('1.0-5', 'CVE-1') },
      '1.0-5',
      ['RHSA-2'],
    ],
    [
      'whichever comes first',
      { 'RHSA-1': erratum('1.0-5', 'CVE-1'), 'RHSA-2': erratum('1.0-3', 'CVE-1') },
      '1.0-5',
      ['RHSA-1'],
    ],
    [
      'a fix counts before an open flaw',
      { 'CVE-1': open({}), 'RHSA-1': erratum('1.0-5', 'CVE-1') },
      '1.0-5',
      ['RHSA-1'],
    ],
    [
      'an open flaw after a fix does not',
      { 'RHSA-1': erratum('1.0-5', 'CVE-1'), 'CVE-1': open({}) },
      '1.0-5',
      ['RHSA-1'],
    ],
  ])('%s', async (_, advisories, fixedVersion, vendorIds) => {
    const { matches } = await run(advisories);
    expect(matches[0]).toMatchObject({ id: 'CVE-1', fixedVersion, vendorIds });
    expect(matches.filter(({ id }) => id === 'CVE-1')).toHaveLength(1);
  });

  test('a package with the last fix is not vulnerable, though a flaw is filed as open too', async () => {
    const { matches } = await run({ 'CVE-1': open({}), 'RHSA-1': erratum('1.0-2.el9', 'CVE-1') });
    expect(matches).toEqual([]);
  });
});

describe('which entries concern a package', () => {
  test.each<[string, Partial<AdvisoryEntry>, Partial<Package>, boolean]>([
    ['of a default repository', { affected: [3] }, {}, true],
    ['of another release', { affected: [10] }, {}, false],
    ['without products', { affected: [] }, {}, false],
    ['of its architecture', { arches: ['x86_64'] }, {}, true],
    ['of another architecture', { arches: ['s390x'] }, {}, false],
    ['for packages of no architecture', { arches: ['s390x'] }, { arch: 'noarch' }, true],
    ['of its content sets', { affected: [4] }, { buildInfo: { contentSets: ['eus-rpms'] } }, true],
    ['of the defaults, but built elsewhere', { affected: [1] }, { buildInfo: { contentSets: ['eus-rpms'] } }, false],
    ['of its image build', { affected: [5] }, { buildInfo: { nvr: 'ubi9-container-9.2-1', arch: 'x86_64' } }, true],
    ['of the module', {}, { modularityLabel: 'nodejs:18:1:x' }, true],
    ['of another vendor', {}, { release: '1.el9.remi' }, false],
  ])('%s', async (_, entry, pkg, concerned) => {
    const { matches, notes } = await run({ 'CVE-1': open(entry) }, pkg);
    expect(matches).toHaveLength(concerned ? 1 : 0);
    expect(notes).toEqual([]);
  });

  test('the defaults are those of the release', async () => {
    const { matches } = await run({ 'CVE-1': open({ affected: [10] }) }, {}, { family: 'centos', name: '8.4.2105' });
    expect(matches).toHaveLength(1);
  });
});

test.each<[Partial<Package>, string]>([
  [{}, 'release 12'],
  [{ buildInfo: { contentSets: ['unknown', 'broken'] } }, 'the image build without a name'],
  [{ buildInfo: { nvr: 'app-1-1', arch: 'x86_64' } }, 'the image build app-1-1'],
])('without any product nothing can be judged: %j', async (pkg, build) => {
  const { matches, notes } = await run({ 'CVE-1': open({}), 'CVE-2': open({}) }, pkg, {
    family: 'redhat',
    name: '12.0',
  });
  expect(matches).toEqual([]);
  expect(notes).toMatchObject([{ effect: 'incomplete', code: 'data-missing' }]);
  expect(notes[0]?.message).toContain(build);
});

test('an erratum that names no CVE says nothing', async () => {
  const { matches } = await run({
    'RHBA-1': { entries: [{ affected: [1], fixedVersion: '2', cves: [{ severity: 1 }] }] },
    'CVE-9': {},
  });
  expect(matches).toEqual([]);
});
