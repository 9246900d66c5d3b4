import { expect, test } from 'vitest';
import { buildBolt } from '../../../testkit/bbolt.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { makeTrivyDbStore } from './store.ts';

const store = makeTrivyDbStore(
  memorySource(
    buildBolt({
      'alpine 3.20': {
        good: { 'CVE-2099-1': '{"FixedVersion":"1.2-r0"}', 'CVE-2099-2': '{}' },
        'no-json': { 'CVE-2099-3': '{' },
        'no-object': { 'CVE-2099-3': '1' },
        'no-list': { 'CVE-2099-3': '{"VulnerableVersions":"<1"}' },
        'no-text': { 'CVE-2099-3': '{"FixedVersion":7}' },
      },
      'npm::one': { left: { 'CVE-2099-4': '{"VulnerableVersions":["<2"],"PatchedVersions":["2"]}' } },
      'npm::two': {},
      'data-source': { 'alpine 3.20': '{"ID":"alpine","Name":"Alpine","URL":"https://a.test"}', 'npm::one': '[' },
      vulnerability: {
        'CVE-2099-1': '{"Title":"t","VendorSeverity":{"nvd":3},"CVSS":{"nvd":{"V3Score":7.5}}}',
        bad: 'x',
      },
      'Red Hat CPE': { cpe: { 0: '"cpe:/o:x"', 1: '{' } },
    }),
  ),
  { name: 'test' },
);

test('advisories of a package', () => {
  expect(store.advisories('alpine 3.20', 'good')).toEqual([
    { id: 'CVE-2099-1', fixedVersion: '1.2-r0' },
    { id: 'CVE-2099-2' },
  ]);
  expect(store.advisories('alpine 3.20', 'absent')).toEqual([]);
  expect(store.advisories('absent', 'good')).toEqual([]);
});

test('buckets, sources, details and nested values', () => {
  expect(store.buckets('npm::')).toEqual(['npm::one', 'npm::two']);
  expect(store.dataSource('alpine 3.20')).toEqual({ id: 'alpine', name: 'Alpine', url: 'https://a.test' });
  expect(store.dataSource('absent')).toBeUndefined();
  expect(store.detail('CVE-2099-1')).toEqual({
    title: 't',
    vendorSeverity: { nvd: 3 },
    cvss: { nvd: { v3Score: 7.5 } },
  });
  expect(store.detail('CVE-2099-9')).toBeUndefined();
  expect(store.value(['Red Hat CPE', 'cpe'], '0')).toBe('cpe:/o:x');
  expect(store.value(['Red Hat CPE', 'none'], '0')).toBeUndefined();
});

test.each(['no-json', 'no-object', 'no-list', 'no-text'])('%s is an error, not an absence', (name) => {
  expect(() => store.advisories('alpine 3.20', name)).toThrowCode('ADVISORIES_CORRUPT');
});

test('so it is everywhere else', () => {
  expect(() => store.detail('bad')).toThrowCode('ADVISORIES_CORRUPT');
  expect(() => store.dataSource('npm::one')).toThrowCode('ADVISORIES_CORRUPT');
  expect(() => store.value(['Red Hat CPE', 'cpe'], '1')).toThrowCode('ADVISORIES_CORRUPT');
});
