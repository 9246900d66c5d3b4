import { expect, test } from 'vitest';
import { versionSchemes } from '../../versions/registry.ts';
import { chooseFix } from './fixed-version.ts';

const npm = await versionSchemes.get('npm')?.load();
const dpkg = await versionSchemes.get('dpkg')?.load();

test.each([
  ['one fix', ['1.2.3'], '1.0.0', '1.2.3'],
  ['the highest of several', ['1.2.3', '1.10.0', '1.9.0'], '1.0.0', '1.10.0'],
  ['the nearest line of releases', ['1.2.3, 2.0.1'], '1.0.0', '1.2.3'],
  ['a line that all fixes reach', ['1.2.3, 2.0.1', '2.0.0'], '1.0.0', '2.0.1'],
  ['the next major where an old line is not fixed', ['1.2.3', '2.0.0'], '1.0.0', '2.0.0'],
  ['only what is newer', ['1.2.3, 2.0.1', '2.0.2'], '2.0.0', '2.0.2'],
])('%s', (_, fixes, installed, chosen) => {
  expect(chooseFix(fixes, installed, npm)).toBe(chosen);
});

test('epochs count, and do not make lines of releases', () => {
  expect(chooseFix(['1:2.0-1', '1:2.0-1+deb12u2'], '1:1.0-1', dpkg)).toBe('1:2.0-1+deb12u2');
});

test.each([
  ['without an order', ['1.2.3', '1.3.0'], undefined, '1.2.3, 1.3.0'],
  ['what is no version', ['1.2.3', 'see the advisory'], npm, '1.2.3, see the advisory'],
  ['what is not newer', ['0.9.0', '1.3.0'], npm, '0.9.0, 1.3.0'],
  ['many', ['1', '2', '3', '4', '5'], undefined, '1, 2, 3 and 2 more'],
])('fixes are named as they are: %s', (_, fixes, order, named) => {
  expect(chooseFix(fixes, '1.0.0', order)).toBe(named);
});
