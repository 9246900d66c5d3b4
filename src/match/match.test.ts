import { describe, expect, test } from 'vitest';
import { type AdvisoryStoreContent, makeAdvisoryStore } from '../../testkit/advisory-store.ts';
import { makePackage, testDistribution, testLanguage } from '../../testkit/inventory.ts';
import type { Application, DistributionMatching, Ecosystem, Inventory, Package } from '../core/index.ts';
import { versionSchemes } from '../versions/registry.ts';
import { type MatchedInventory, matchInventory } from './match.ts';
import { strategies } from './registry.ts';

const matching: DistributionMatching = {
  strategy: 'fixed-version',
  versionScheme: 'dpkg',
  bucket: (os) => `own ${os.name}`,
  lookup: { name: 'binary', version: 'binary' },
  unfixed: true,
};

const flawed = { 'CVE-1': { fixedVersion: '2' } };

function run(
  inventory: Partial<Inventory>,
  advisories: AdvisoryStoreContent['advisories'] = {
    'own 9': { a: flawed },
    'lib::one': { a: { 'CVE-2': { vulnerableVersions: [''] } } },
  },
  ecosystems: readonly Ecosystem[] = [testDistribution('own', { matching }), testLanguage],
): Promise<MatchedInventory> {
  const empty: Inventory = {
    systemPackages: [],
    applications: [],
    archives: [],
    coverage: { catalogers: [], notes: [] },
  };
  const store = makeAdvisoryStore({ ...(advisories && { advisories }) });
  return matchInventory({ ...empty, ...inventory }, { store, ecosystems, schemes: versionSchemes, strategies });
}

const os = { family: 'own', name: '9' };
const a = makePackage('a@1');

test('packages of the system and of applications are judged, each by its own data', async () => {
  const application: Application = { type: 'lib-pkg', packages: [makePackage('a@1')] };
  const matched = await run({ os, systemPackages: [a], applications: [application] });
  expect(matched.system).toMatchObject([{ id: 'CVE-1', status: 'fixed', proof: { bucket: 'own 9', range: '<2' } }]);
  expect(matched.applications).toMatchObject([
    { application, findings: [{ id: 'CVE-2', proof: { bucket: 'lib::one' } }] },
  ]);
  expect(matched.notes).toEqual([]);
});

test('a severity source that the user names is used', async () => {
  const store = makeAdvisoryStore({
    advisories: { 'own 9': { a: flawed } },
    details: { 'CVE-1': { vendorSeverity: { nvd: 4, ubuntu: 1 } } },
  });
  const context = { store, ecosystems: [testDistribution('own', { matching })], schemes: versionSchemes, strategies };
  const inventory: Inventory = {
    os,
    systemPackages: [a],
    applications: [],
    archives: [],
    coverage: { catalogers: [], notes: [] },
  };
  const { system } = await matchInventory(inventory, { ...context, severitySources: ['ubuntu'] });
  expect(system).toMatchObject([{ severity: 'LOW', severitySource: 'ubuntu' }]);
});

describe('what cannot be judged is said', () => {
  test.each<[string, Parameters<typeof run>, string]>([
    ['packages of an unknown system', [{ systemPackages: [a] }], 'os-unknown'],
    ['a distribution nobody knows', [{ os: { family: 'x', name: '1' }, systemPackages: [a] }], 'os-unsupported'],
    [
      'a distribution without advisories',
      [{ os, systemPackages: [a] }, {}, [testDistribution('own')]],
      'os-unsupported',
    ],
    [
      'a strategy that is not there',
      [{ os, systemPackages: [a] }, {}, [testDistribution('own', { matching: { ...matching, strategy: 'x' } })]],
      'os-unsupported',
    ],
    [
      'a scheme that is not there',
      [{ os, systemPackages: [a] }, {}, [testDistribution('own', { matching: { ...matching, versionScheme: 'x' } })]],
      'os-unsupported',
    ],
    ['a release without data', [{ os: { ...os, name: '8' }, systemPackages: [a] }], 'data-missing'],
    [
      'a release of which the name begins another',
      [{ os, systemPackages: [a] }, { 'own 99': { a: flawed } }],
      'data-missing',
    ],
    ['a language without data', [{ applications: [{ type: 'lib-pkg', packages: [a] }] }, {}], 'data-missing'],
    ['a type of result that nobody knows', [{ applications: [{ type: 'x', packages: [a] }] }], 'data-missing'],
    [
      'a language whose scheme is not there',
      [{ applications: [{ type: 'lib-pkg', packages: [a] }] }, undefined, [{ ...testLanguage, versionScheme: 'x' }]],
      'data-missing',
    ],
  ])('%s', async (_, input, code) => {
    const matched = await run(...input);
    expect(matched.system).toEqual([]);
    expect(matched.applications.flatMap(({ findings }) => findings)).toEqual([]);
    expect(matched.notes).toMatchObject([{ effect: 'incomplete', code }]);
  });

  test('a system without packages needs no data', async () => {
    expect((await run({})).notes).toEqual([]);
    expect((await run({ os: { family: 'x', name: '1' } })).notes).toEqual([]);
  });

  test('a language without advisories by design does not make the result incomplete', async () => {
    const { advisories: _, ...silent } = testLanguage;
    const matched = await run({ applications: [{ type: 'lib-pkg', packages: [a] }] }, {}, [silent]);
    expect(matched.notes).toMatchObject([{ effect: 'note', code: 'no-advisories' }]);
  });
});

describe('packages of other vendors', () => {
  const foreign: Package = makePackage('a@1', { repositoryClass: 'third-party' });
  const own: Package = makePackage('a@1.1', { repositoryClass: 'official' });

  test('are left out, and counted', async () => {
    const { system, notes } = await run({ os, systemPackages: [foreign, own] });
    expect(system.map((finding) => finding.package)).toEqual([own]);
    expect(notes).toMatchObject([{ effect: 'note', code: 'no-advisories', message: expect.stringMatching(/: 1$/) }]);
  });

  test('are judged by a distribution that rebuilds them', async () => {
    const distribution = testDistribution('own', { matching: { ...matching, includesThirdParty: true } });
    const { system, notes } = await run({ os, systemPackages: [foreign, own] }, undefined, [distribution]);
    expect(system).toHaveLength(2);
    expect(notes).toEqual([]);
  });
});
