import { describe, expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../testkit/advisory-store.ts';
import { makePackage } from '../../testkit/inventory.ts';
import { runStrategy } from '../../testkit/match.ts';
import type { Advisory, DistributionMatching, Package } from '../core/index.ts';

const debianLike: DistributionMatching = {
  strategy: 'fixed-version',
  versionScheme: 'dpkg',
  bucket: () => 'test 9',
  lookup: { name: 'source', version: 'source' },
  unfixed: true,
  severitySource: 'test',
};

const dataSource = { id: 'test', name: 'Test', url: 'https://test' };

function judge(
  pkg: Package,
  advisories: Readonly<Record<string, Omit<Advisory, 'id'>>>,
  matching: Partial<DistributionMatching> = {},
): ReturnType<typeof runStrategy> {
  const name = pkg.source?.name ?? pkg.name;
  const store = makeAdvisoryStore({
    advisories: { 'test 9': { [name]: advisories } },
    dataSources: { 'test 9': dataSource },
  });
  return runStrategy({ matching: { ...debianLike, ...matching }, packages: [pkg], store });
}

const lib = makePackage('lib@1.2-3', {
  version: '1.2',
  release: '3',
  epoch: 1,
  source: { name: 'src', version: '1.0', release: '1' },
});

test('source packages are looked up and compared; binary packages are reported', async () => {
  const { matches } = await judge(lib, { 'CVE-1': { fixedVersion: '1.0-2', vendorIds: ['DSA-1'], severity: 2 } });
  expect(matches).toEqual([
    {
      id: 'CVE-1',
      package: lib,
      installedVersion: '1:1.2-3',
      fixedVersion: '1.0-2',
      vendorIds: ['DSA-1'],
      severity: 2,
      severitySource: 'test',
      dataSource,
      proof: { bucket: 'test 9', lookedUp: 'src', compared: '1.0-1', range: '<1.0-2' },
    },
  ]);
});

describe('which claims hold for version 1.0-1', () => {
  test.each<[Omit<Advisory, 'id'>, string | undefined]>([
    [{ fixedVersion: '1.0-1' }, undefined],
    [{ fixedVersion: '1.0-1+b1' }, '<1.0-1+b1'],
    [{ fixedVersion: '0.9-1' }, undefined],
    [{ fixedVersion: '1:0.1-1' }, '<1:0.1-1'],
    [{}, 'any'],
    [{ fixedVersion: '' }, 'any'],
    [{ affectedVersion: '1.0-2' }, undefined],
    [{ affectedVersion: '1.0-1' }, '>=1.0-1'],
    [{ affectedVersion: '0.9', fixedVersion: '2' }, '>=0.9, <2'],
    [{ affectedVersion: '1.1', fixedVersion: '2' }, undefined],
  ])('%j', async (advisory, range) => {
    const { matches } = await judge(lib, { 'CVE-1': advisory });
    expect(matches.map(({ proof }) => proof.range)).toEqual(range === undefined ? [] : [range]);
  });
});

test('families whose feed knows fixes alone do not report what has none', async () => {
  const { matches, notes } = await judge(lib, { 'CVE-1': {}, 'CVE-2': { fixedVersion: '2' } }, { unfixed: false });
  expect(matches.map(({ id }) => id)).toEqual(['CVE-2']);
  expect(notes).toEqual([]);
});

test.each([
  [{ status: 5 }, { status: 'will_not_fix' }],
  [{ status: 0 }, { status: 'unknown' }],
  [{ status: 99 }, {}],
  [{ severity: 0 }, {}],
  [{ severity: 3 }, { severity: 3, severitySource: 'test' }],
])('%j becomes %j', async (advisory, expected) => {
  const { matches } = await judge(lib, { 'CVE-1': advisory });
  const { status, severity, severitySource } = { ...matches[0] };
  expect(JSON.parse(JSON.stringify({ status, severity, severitySource }))).toEqual(expected);
});

test('a family that does not judge packages has no source for their severity', async () => {
  const { severitySource: _, ...withoutSource } = debianLike;
  const store = makeAdvisoryStore({ advisories: { 'test 9': { src: { 'CVE-1': { severity: 3 } } } } });
  const { matches } = await runStrategy({ matching: withoutSource, packages: [lib], store });
  expect(matches[0]).not.toHaveProperty('severity');
});

describe('lookup by binary name or version', () => {
  const store = makeAdvisoryStore({
    advisories: {
      'test 9': { lib: { 'CVE-BIN': { fixedVersion: '1:1.2-4' } }, src: { 'CVE-SRC': { fixedVersion: '1:1.2-4' } } },
    },
  });
  test.each<[DistributionMatching['lookup'], string, string]>([
    [{ name: 'binary', version: 'binary' }, 'CVE-BIN', '1:1.2-3'],
    [{ name: 'source', version: 'binary' }, 'CVE-SRC', '1:1.2-3'],
    [{ name: 'binary', version: 'source' }, 'CVE-BIN', '1.0-1'],
  ])('%j', async (lookup, id, compared) => {
    const { matches } = await runStrategy({ matching: { ...debianLike, lookup }, packages: [lib], store });
    expect(matches.map((match) => [match.id, match.proof.compared])).toEqual([[id, compared]]);
  });

  test('a package without a source is its own source', async () => {
    const { matches } = await judge(makePackage('own@1'), { 'CVE-1': { fixedVersion: '2' } });
    expect(matches[0]?.proof).toMatchObject({ lookedUp: 'own', compared: '1' });
  });
});

describe('what cannot be compared', () => {
  test.each([['bad version'], ['']])('the version %j is noted once', async (version) => {
    const { matches, notes } = await judge(makePackage('a@1', { version }), {
      'CVE-1': { fixedVersion: '1' },
      'CVE-2': {},
    });
    expect(matches).toEqual([]);
    expect(notes).toMatchObject([{ effect: 'incomplete', code: 'version-incomparable', data: { package: 'a' } }]);
  });

  test('a bad version without advisories is nobody’s concern', async () => {
    const { notes } = await judge(makePackage('a@1', { version: 'bad version' }), {});
    expect(notes).toEqual([]);
  });

  test('a fix that is no version is noted with its advisory; others are judged', async () => {
    const { matches, notes } = await judge(lib, {
      'CVE-1': { fixedVersion: 'bad version' },
      'CVE-2': { fixedVersion: '9' },
    });
    expect(matches.map(({ id }) => id)).toEqual(['CVE-2']);
    expect(notes).toMatchObject([{ effect: 'incomplete', data: { package: 'lib', advisory: 'CVE-1' } }]);
  });
});

test('rpm versions are shown without an epoch of zero', async () => {
  const { matches } = await judge(lib, { 'CVE-1': { fixedVersion: '0:1.0-9' } }, { versionScheme: 'rpm' });
  expect(matches[0]).toMatchObject({ fixedVersion: '1.0-9', proof: { range: '<0:1.0-9' } });
});
