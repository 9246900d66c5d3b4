import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { makePackage, testDistribution } from '../../../testkit/inventory.ts';
import { affects, makeOsvRecord } from '../../../testkit/osv.ts';
import { writeTree } from '../../../testkit/tree.ts';
import type { Distribution, Inventory, LanguageEcosystem } from '../../core/index.ts';
import { type MatchedInventory, matchInventory } from '../../match/index.ts';
import { strategies } from '../../match/registry.ts';
import { versionSchemes } from '../../versions/registry.ts';
import { openOsvRecords } from './open.ts';

const alpha: Distribution = testDistribution('alpha', {
  osv: 'Alpha',
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    bucket: ({ name }) => `alpha ${name}`,
    lookup: { name: 'source', version: 'source' },
    // A feed of fixes: silence about a fix says nothing, but a record says it in words.
    unfixed: false,
  },
});
const beta: LanguageEcosystem = {
  kind: 'language',
  id: 'beta',
  title: 'Beta packages',
  versionScheme: 'npm',
  advisories: 'beta-db',
  osv: 'Beta',
  advisoryName: (name) => name,
  resultTypes: [{ type: 'beta-lock' }],
  purl: () => undefined,
  catalogers: [],
};

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function match(
  files: Record<string, unknown>,
  parts: Partial<Inventory>,
  gap?: string,
): Promise<MatchedInventory> {
  root = writeTree(files);
  const ecosystems = [{ ...alpha, ...(gap !== undefined && { osvGap: gap }) }, beta];
  const { store, close } = await openOsvRecords(root, { ecosystems, schemes: versionSchemes });
  const inventory: Inventory = {
    os: { family: 'alpha', name: '1' },
    systemPackages: [],
    applications: [],
    archives: [],
    coverage: { catalogers: [], notes: [] },
    ...parts,
  };
  try {
    return await matchInventory(inventory, { store, ecosystems, schemes: versionSchemes, strategies });
  } finally {
    close();
  }
}

function record(ecosystem: string, events: readonly string[], parts: Record<string, unknown> = {}) {
  return {
    'GHSA-1.json': makeOsvRecord('GHSA-1', {
      aliases: ['CVE-2030-1'],
      affected: [affects(ecosystem, 'a', events, parts)],
    }),
  };
}

test.each([
  ['introduced 0, fixed 2.0', '1.9', true],
  ['introduced 0, fixed 2.0', '2.0', false],
  ['introduced 0, last_affected 2.0', '2.0', true],
  ['introduced 0, last_affected 2.0', '2.1', false],
  ['introduced 1.0', '3.0', true],
  ['introduced 1.0', '0.9', false],
])('%s and the system package version %s: %s', async (events, version, found) => {
  const { system, notes } = await match(record('Alpha:1', events.split(', ')), {
    systemPackages: [makePackage(`a@${version}`)],
  });
  expect(system.map(({ id }) => id)).toEqual(found ? ['CVE-2030-1'] : []);
  expect(notes).toEqual([]);
});

test.each([
  ['introduced 0, fixed 2.0.0', '1.9.0', '<2.0.0'],
  ['introduced 0, fixed 2.0.0', '2.0.0-rc.1', '<2.0.0'],
  ['introduced 0, fixed 2.0.0', '2.0.0', undefined],
  ['introduced 1.0.0', '1.0.0-rc.1', undefined],
  ['introduced 0', '0.0.1', 'any'],
  ['introduced 1.0.0, last_affected 1.2.0, introduced 2.0.0, fixed 2.1.0', '2.0.5', '>=2.0.0, <2.1.0'],
])('%s and the language package version %s: %s', async (events, version, range) => {
  const packages = [makePackage(`a@${version}`)];
  const { applications } = await match(record('Beta', events.split(', ')), {
    applications: [{ type: 'beta-lock', packages }],
  });
  expect(applications[0]?.findings.map(({ proof }) => proof?.range)).toEqual(range === undefined ? [] : [range]);
});

test('a finding has severity, source and other names of its record', async () => {
  const parts = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }] };
  const packages = [makePackage('a@1.0.0')];
  const { applications } = await match(record('Beta', ['introduced 0', 'fixed 2.0.0'], parts), {
    applications: [{ type: 'beta-lock', packages }],
  });
  expect(applications[0]?.findings[0]).toMatchObject({
    id: 'CVE-2030-1',
    vendorIds: ['GHSA-1'],
    fixedVersion: '2.0.0',
    status: 'fixed',
    severity: 'CRITICAL',
    severitySource: 'ghsa',
    dataSource: { id: 'ghsa' },
    proof: { bucket: 'beta-db::OSV GHSA', lookedUp: 'a', compared: '1.0.0' },
  });
});

test('a version in a record that cannot be read leaves the package unjudged, and that is noted', async () => {
  const { system, notes } = await match(record('Alpha:1', ['introduced 0', 'fixed !']), {
    systemPackages: [makePackage('a@1')],
  });
  expect(system).toEqual([]);
  expect(notes).toMatchObject([{ effect: 'incomplete', code: 'version-incomparable' }]);
});

test('a gap of the records makes the result incomplete', async () => {
  const { notes } = await match(
    record('Alpha:1', ['introduced 0']),
    { systemPackages: [makePackage('a@1')] },
    'no modules',
  );
  expect(notes).toEqual([{ effect: 'incomplete', code: 'data-missing', message: 'no modules' }]);
});

test('a release that no record speaks of is missing data', async () => {
  const { notes } = await match(record('Alpha:2', ['introduced 0']), { systemPackages: [makePackage('a@1')] });
  expect(notes).toMatchObject([{ effect: 'incomplete', code: 'data-missing' }]);
});
