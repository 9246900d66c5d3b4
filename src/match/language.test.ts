import { describe, expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../testkit/advisory-store.ts';
import { makePackage, testLanguage } from '../../testkit/inventory.ts';
import type { Advisory, CoverageNote, Package } from '../core/index.ts';
import { npmOrder } from '../versions/npm/order.ts';
import { matchApplication } from './language.ts';
import type { Match } from './strategy.ts';

function run(
  packages: readonly Package[],
  advisories: Parameters<typeof makeAdvisoryStore>[0],
): { matches: Match[]; notes: CoverageNote[] } {
  const notes: CoverageNote[] = [];
  const language = { ...testLanguage, advisoryName: (name: string) => name.toLowerCase() };
  const input = {
    store: makeAdvisoryStore(advisories),
    order: npmOrder,
    note: (note: CoverageNote) => notes.push(note),
  };
  return { matches: matchApplication({ type: 'lib-pkg', packages }, language, input), notes };
}

function judge(advisory: Omit<Advisory, 'id'>, version = '1.5.0'): { matches: Match[]; notes: CoverageNote[] } {
  return run([makePackage(`a@${version}`)], { advisories: { 'lib::one': { a: { 'CVE-1': advisory } } } });
}

describe('when a version is vulnerable', () => {
  test.each<[string, Omit<Advisory, 'id'>, string | undefined]>([
    ['in a vulnerable range', { vulnerableVersions: ['<1.0.0', '>=1.0.0 <2.0.0'] }, '>=1.0.0 <2.0.0'],
    ['in no vulnerable range', { vulnerableVersions: ['<1.0.0'] }, undefined],
    [
      'vulnerable, and not among the patched',
      { vulnerableVersions: ['<2.0.0'], patchedVersions: ['>=2.0.0'] },
      '<2.0.0',
    ],
    ['vulnerable, but patched', { vulnerableVersions: ['<2.0.0'], patchedVersions: ['~1.5.0'] }, undefined],
    ['vulnerable, but unaffected', { vulnerableVersions: ['<2.0.0'], unaffectedVersions: ['1.5.0'] }, undefined],
    ['patched later', { patchedVersions: ['>=2.0.0'] }, 'not >=2.0.0'],
    ['patched before', { patchedVersions: ['>=1.1.0', '2.0.0'] }, undefined],
    [
      'neither patched nor unaffected',
      { patchedVersions: ['>=2.0.0'], unaffectedVersions: ['<1.0.0'] },
      'not >=2.0.0 || <1.0.0',
    ],
    ['every version by an empty range', { vulnerableVersions: [''] }, 'any'],
    ['every version by an empty patch', { vulnerableVersions: ['<1.0.0'], patchedVersions: [''] }, 'any'],
    ['nothing said', {}, undefined],
    ['empty lists', { vulnerableVersions: [], patchedVersions: [], unaffectedVersions: [] }, undefined],
  ])('%s', (_, advisory, range) => {
    const { matches, notes } = judge(advisory);
    expect(matches.map(({ proof }) => proof.range)).toEqual(range === undefined ? [] : [range]);
    expect(notes).toEqual([]);
  });
});

describe('the fixed version', () => {
  test.each<[Omit<Advisory, 'id'>, string | undefined]>([
    [{ vulnerableVersions: ['<2.0.0'], patchedVersions: ['2.0.0', '1.9.0', '2.0.0'] }, '2.0.0, 1.9.0'],
    [{ vulnerableVersions: ['>=1.0.0, < 2.0.0', '>=3.0.0,<3.1.0', '<2.0.0'] }, '2.0.0, 3.1.0'],
    [{ vulnerableVersions: ['<=1.9.0'] }, undefined],
    [{ vulnerableVersions: ['>=1.0.0 <2.0.0'] }, undefined],
  ])('%j', (advisory, fixed) => {
    expect(judge(advisory).matches[0]?.fixedVersion).toBe(fixed);
  });
});

test('every source of the ecosystem is asked, under the name that advisories use', () => {
  const source = { id: 'two', name: 'Two', url: 'https://two' };
  const { matches } = run([makePackage('A@1.0.0'), makePackage('b@1.0.0')], {
    advisories: {
      'lib::one': { a: { 'CVE-1': { vulnerableVersions: ['<2.0.0'] } } },
      'lib::two': { a: { 'GHSA-1': { vulnerableVersions: ['<2.0.0'], vendorIds: ['CVE-1'] } } },
      'library::three': { a: { 'CVE-3': { vulnerableVersions: ['<2.0.0'] } } },
    },
    dataSources: { 'lib::two': source },
  });
  expect(matches).toMatchObject([
    { id: 'CVE-1', installedVersion: '1.0.0', proof: { bucket: 'lib::one', lookedUp: 'a', compared: '1.0.0' } },
    { id: 'GHSA-1', vendorIds: ['CVE-1'], dataSource: source },
  ]);
  expect(matches[0]).not.toHaveProperty('dataSource');
});

describe('what cannot be compared', () => {
  test('a version that is none is noted once, and only where there are advisories', () => {
    const advisories = {
      'lib::one': { a: { 'CVE-1': { vulnerableVersions: ['<2.0.0'] }, 'CVE-2': { vulnerableVersions: ['<3.0.0'] } } },
    };
    const { matches, notes } = run([makePackage('a@latest'), makePackage('b@latest'), makePackage('a@')], {
      advisories,
    });
    expect(matches).toEqual([]);
    expect(notes).toEqual([
      {
        effect: 'incomplete',
        code: 'version-incomparable',
        message: 'a latest: "latest" is not a version of the scheme npm',
        data: { package: 'a' },
      },
    ]);
  });

  test('a range that is none is noted with its advisory', () => {
    const { matches, notes } = judge({ vulnerableVersions: ['<1.0.0', '<x.y.z.w'] });
    expect(matches).toEqual([]);
    expect(notes).toMatchObject([
      { effect: 'incomplete', code: 'version-incomparable', data: { package: 'a', advisory: 'CVE-1' } },
    ]);
  });

  test('a range that cannot be read does not hide one that holds', () => {
    const { matches, notes } = judge({ vulnerableVersions: ['<x.y.z.w', '<2.0.0'] });
    expect(matches).toHaveLength(1);
    expect(notes).toEqual([]);
  });

  test('a patch that cannot be read leaves the question open', () => {
    const { matches, notes } = judge({ vulnerableVersions: ['<2.0.0'], patchedVersions: ['not a range'] });
    expect(matches).toEqual([]);
    expect(notes).toHaveLength(1);
  });

  test('an error that is not of the comparison goes on', () => {
    const order = {
      ...npmOrder,
      satisfies: () => {
        throw new RangeError('broken');
      },
    };
    const store = makeAdvisoryStore({
      advisories: { 'lib::one': { a: { 'CVE-1': { vulnerableVersions: ['<2.0.0'] } } } },
    });
    const application = { type: 'lib-pkg', packages: [makePackage('a@1.0.0')] };
    expect(() => matchApplication(application, testLanguage, { store, order, note: () => {} })).toThrow('broken');
  });
});
