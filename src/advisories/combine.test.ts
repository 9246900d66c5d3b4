import { expect, test } from 'vitest';
import type { Advisory, AdvisoryStore, VulnerabilityDetail } from '../core/index.ts';
import { combineStores } from './combine.ts';

function fakeStore(
  name: string,
  buckets: Record<string, readonly Advisory[]>,
  details: Record<string, VulnerabilityDetail> = {},
): AdvisoryStore {
  return {
    identity: { name, updatedAt: '2030-01-01T00:00:00Z' },
    buckets: (prefix) => Object.keys(buckets).filter((bucket) => bucket.startsWith(prefix)),
    advisories: (bucket, pkg) => (pkg === 'a' ? (buckets[bucket] ?? []) : []),
    detail: (id) => details[id],
    dataSource: (bucket) => (bucket in buckets ? { id: name, name, url: '' } : undefined),
    value: (path, key) => (path[0] === name ? key : undefined),
  };
}

const one = fakeStore(
  'one',
  { 'x 1': [{ id: 'CVE-1' }], 'y 1': [] },
  {
    'CVE-1': { title: 'one', vendorSeverity: { one: 1, both: 1 }, cvss: { one: { v3Score: 1 } } },
  },
);
const two = fakeStore(
  'two',
  { 'x 1': [{ id: 'CVE-2' }], 'x 2': [] },
  {
    'CVE-1': { title: 'two', description: 'told', vendorSeverity: { two: 2, both: 2 } },
    'CVE-2': { title: 'only two' },
  },
);
const both = combineStores([one, two]);

test('buckets and advisories of all stores', () => {
  expect(both.buckets('x')).toEqual(['x 1', 'x 2']);
  expect(both.advisories('x 1', 'a')).toEqual([{ id: 'CVE-1' }, { id: 'CVE-2' }]);
  expect(both.advisories('x 1', 'b')).toEqual([]);
});

test('details of the first store that has them, judgements of all', () => {
  expect(both.detail('CVE-1')).toEqual({
    title: 'one',
    description: 'told',
    vendorSeverity: { one: 1, two: 2, both: 1 },
    cvss: { one: { v3Score: 1 } },
  });
  expect(both.detail('CVE-2')).toEqual({ title: 'only two' });
  expect(both.detail('CVE-3')).toBeUndefined();
});

test('data sources and values of the first store that has them', () => {
  expect(both.dataSource('x 1')?.id).toBe('one');
  expect(both.dataSource('x 2')?.id).toBe('two');
  expect(both.dataSource('z')).toBeUndefined();
  expect(both.value(['two'], 'key')).toBe('key');
  expect(both.value(['three'], 'key')).toBeUndefined();
});

test('every part is named, also of stores that are combined already', () => {
  const three = combineStores([both, fakeStore('three', {})]);
  expect(three.identity.name).toBe('one + two + three');
  expect(three.parts?.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
});

test('one store stays as it is', () => {
  expect(combineStores([one])).toBe(one);
});

test('a gap counts only when every store that has the bucket has it', () => {
  const gappy = { ...one, gap: () => 'half of it' };
  expect(combineStores([gappy, two]).gap?.('x 1')).toBeUndefined();
  expect(combineStores([gappy, two]).gap?.('y 1')).toBe('half of it');
  expect(combineStores([gappy, gappy]).gap?.('x 1')).toBe('half of it');
});
