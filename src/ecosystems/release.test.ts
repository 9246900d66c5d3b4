import { expect, test } from 'vitest';
import { memorySource } from '../kit/memory-source.ts';
import { majorRelease, minorRelease, mostPrecise, recogniseAs, releaseText } from './release.ts';

const record = (id: string, versionId: string) => ({ kind: 'os-release', id, versionId }) as const;

test.each([
  [['12', '12.5'], '12.5'],
  [['12.5', '12'], '12.5'],
  [['trixie/sid', '13'], '13'],
  [['trixie/sid', ''], 'trixie/sid'],
  [[''], ''],
  [[], undefined],
])('of %j the most precise is %j', (releases, expected) => {
  expect(mostPrecise(releases.map((release) => record('x', release)))).toBe(expected);
});

test('only the identifiers of the distribution count', () => {
  const recognise = recogniseAs('a', 'b');
  expect(recognise([record('c', '9.9.9'), record('b', '1'), record('a', '1.2')])).toBe('1.2');
  expect(recognise([record('c', '9.9.9')])).toBeUndefined();
});

test.each([
  ['12.5', '12', '12.5'],
  ['3.18.4', '3', '3.18'],
  ['9', '9', '9'],
  ['', '', ''],
])('%j is of %j and of %j', (name, major, minor) => {
  expect([majorRelease(name), minorRelease(name)]).toEqual([major, minor]);
});

test('only the beginning of a release file is read', () => {
  const content = memorySource(new Uint8Array(100_000).fill(0x31));
  expect(releaseText({ path: 'etc/x-release', size: 100_000, mode: 0o644, content })).toHaveLength(65_536);
});
