import { expect, test } from 'vitest';
import { makeAdvisoryStore } from '../../testkit/advisory-store.ts';
import { makePackage } from '../../testkit/inventory.ts';
import { describeMatch } from './describe.ts';
import type { Match } from './strategy.ts';

const proof = { bucket: 'debian 12', lookedUp: 'a', compared: '1', range: '<2' };
const found: Match = { id: 'CVE-2000-1', package: makePackage('a@1'), installedVersion: '1', proof };

test('a match is completed with what is known of the vulnerability', () => {
  const store = makeAdvisoryStore({
    details: {
      'CVE-2000-1': {
        title: 'Title',
        description: 'Description',
        severity: 'LOW',
        vendorSeverity: { debian: 2, nvd: 3 },
        references: ['https://example.org'],
        cweIds: ['CWE-1'],
        publishedDate: '2000-01-01T00:00:00Z',
      },
    },
  });
  const dataSource = { id: 'debian', name: 'Debian', url: 'https://debian.org' };
  const layer = { diffId: `sha256:${'0'.repeat(64)}` } as const;
  const described = describeMatch(
    { ...found, package: makePackage('a@1', { layer }), fixedVersion: '2', vendorIds: ['DSA-1'], dataSource },
    store,
  );
  expect(described).toEqual({
    kind: 'vulnerability',
    id: 'CVE-2000-1',
    package: makePackage('a@1', { layer }),
    installedVersion: '1',
    fixedVersion: '2',
    status: 'fixed',
    severity: 'MEDIUM',
    severitySource: 'debian',
    vendorIds: ['DSA-1'],
    dataSource,
    layer,
    proof,
    primaryUrl: 'https://avd.aquasec.com/nvd/cve-2000-1',
    title: 'Title',
    description: 'Description',
    vendorSeverity: { debian: 2, nvd: 3 },
    references: ['https://example.org'],
    cweIds: ['CWE-1'],
    publishedDate: '2000-01-01T00:00:00Z',
  });
});

test('the judgement of the feed on this package joins those of the vendors', () => {
  const store = makeAdvisoryStore({ details: { 'CVE-2000-1': { vendorSeverity: { nvd: 3 } } } });
  const described = describeMatch({ ...found, severity: 1, severitySource: 'debian' }, store);
  expect(described).toMatchObject({ severity: 'LOW', severitySource: 'debian', vendorSeverity: { debian: 1, nvd: 3 } });
});

test('without a record there is no page and no severity', () => {
  const described = describeMatch(found, makeAdvisoryStore());
  expect(described).toEqual({
    kind: 'vulnerability',
    id: 'CVE-2000-1',
    package: found.package,
    installedVersion: '1',
    status: 'affected',
    severity: 'UNKNOWN',
    proof,
  });
});

test.each<[Partial<Match>, string]>([
  [{}, 'affected'],
  [{ status: 'unknown' }, 'affected'],
  [{ status: 'will_not_fix' }, 'will_not_fix'],
  [{ status: 'end_of_life' }, 'end_of_life'],
  [{ fixedVersion: '2' }, 'fixed'],
  [{ fixedVersion: '2', status: 'will_not_fix' }, 'fixed'],
])('%j has the status %s', (parts, status) => {
  expect(describeMatch({ ...found, ...parts }, makeAdvisoryStore()).status).toBe(status);
});
