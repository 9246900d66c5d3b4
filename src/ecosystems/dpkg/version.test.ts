import { expect, test } from 'vitest';
import { splitVersion } from './version.ts';

test.each([
  ['1.0', { version: '1.0' }],
  ['1.0-1', { version: '1.0', release: '1' }],
  ['1.0-2-3', { version: '1.0-2', release: '3' }],
  ['2:1.0~rc1-1+b2', { version: '1.0~rc1', release: '1+b2', epoch: 2 }],
  ['0:1.0', { version: '1.0' }],
  ['1:2:3-4', { version: '2:3', release: '4', epoch: 1 }],
  ['', { version: '' }],
  ['abc', { version: 'abc' }],
  ['x:1.0', { version: 'x:1.0' }],
  ['1.0 2', { version: '1.0 2' }],
  ['9999999999999:1', { version: '9999999999999:1' }],
])('%j', (text, expected) => {
  expect(splitVersion(text)).toEqual(expected);
});

test('a long version takes no more than linear time', () => {
  const text = `1${'-1'.repeat(100_000)}!`;
  expect(splitVersion(text)).toEqual({ version: text });
});
