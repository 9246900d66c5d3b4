import { describe, expect, test } from 'vitest';
import { makePackage } from '../../testkit/inventory.ts';
import type { DataSource, VulnerabilityDetail } from '../core/index.ts';
import { chooseSeverity } from './severity.ts';
import type { Match } from './strategy.ts';

const source = (id: string, baseId?: string): DataSource => ({
  id,
  name: id,
  url: '',
  ...(baseId && { baseId }),
});

function match(parts: Partial<Match> = {}): Match {
  return {
    id: 'CVE-2000-1',
    package: makePackage('a@1'),
    installedVersion: '1',
    proof: { bucket: 'b', lookedUp: 'a', compared: '1', range: 'any' },
    ...parts,
  };
}

describe('the documented rule', () => {
  const vendorSeverity = { nvd: 4, ghsa: 3, debian: 2, ubuntu: 1, redhat: 3 };
  test.each<[string, Partial<Match>, VulnerabilityDetail | undefined, string, string | undefined]>([
    [
      'the feed on this package',
      { severity: 1, severitySource: 'debian', dataSource: source('debian') },
      { vendorSeverity },
      'LOW',
      'debian',
    ],
    [
      'the feed on this package, unknown',
      { severity: 0, severitySource: 'redhat' },
      { vendorSeverity },
      'UNKNOWN',
      'redhat',
    ],
    ['the feed', { dataSource: source('debian') }, { vendorSeverity }, 'MEDIUM', 'debian'],
    [
      'the database the feed builds on',
      { dataSource: source('rebuilder', 'ubuntu') },
      { vendorSeverity },
      'LOW',
      'ubuntu',
    ],
    [
      'the feed before what it builds on',
      { dataSource: source('debian', 'ubuntu') },
      { vendorSeverity },
      'MEDIUM',
      'debian',
    ],
    ['GitHub on its own advisory', { id: 'GHSA-x', dataSource: source('osv') }, { vendorSeverity }, 'HIGH', 'ghsa'],
    ['not GitHub on others', { dataSource: source('osv') }, { vendorSeverity }, 'CRITICAL', 'nvd'],
    ['NVD without a feed', {}, { vendorSeverity }, 'CRITICAL', 'nvd'],
    [
      'the generic one',
      { dataSource: source('glad') },
      { severity: 'HIGH', vendorSeverity: { redhat: 1 } },
      'HIGH',
      undefined,
    ],
    ['nothing that makes sense', {}, { severity: 'TERRIBLE' }, 'UNKNOWN', undefined],
    ['a number that is none', { dataSource: source('glad') }, { vendorSeverity: { glad: 9 } }, 'UNKNOWN', 'glad'],
    ['no record at all', { dataSource: source('debian') }, undefined, 'UNKNOWN', undefined],
    ['no record, but the feed on this package', { severity: 3, severitySource: 'debian' }, undefined, 'HIGH', 'debian'],
  ])('%s', (_, parts, detail, severity, chosen) => {
    expect(chooseSeverity(match(parts), detail)).toEqual({ severity, ...(chosen && { source: chosen }) });
  });
});

describe('sources that the user names', () => {
  const detail = { severity: 'LOW', vendorSeverity: { nvd: 4, redhat: 2 } };
  test.each([
    [['redhat'], 'MEDIUM', 'redhat'],
    [['ubuntu', 'nvd'], 'CRITICAL', 'nvd'],
    [['ubuntu'], 'UNKNOWN', undefined],
    [['ubuntu', 'auto'], 'CRITICAL', 'nvd'],
    [['redhat', 'auto'], 'MEDIUM', 'redhat'],
    [[], 'UNKNOWN', undefined],
  ])('%j', (sources, severity, chosen) => {
    expect(chooseSeverity(match(), detail, sources)).toEqual({ severity, ...(chosen && { source: chosen }) });
  });

  test('the judgement of the feed on this package is that of its source', () => {
    const judged = match({ severity: 3, severitySource: 'debian' });
    expect(chooseSeverity(judged, detail, ['debian', 'nvd'])).toEqual({ severity: 'HIGH', source: 'debian' });
    expect(chooseSeverity(judged, detail, ['nvd', 'debian'])).toEqual({ severity: 'CRITICAL', source: 'nvd' });
  });
});
