import { expect, test } from 'vitest';
import { formatSize, parseSize } from './size.ts';

test.each([
  ['1000', 1000],
  ['10MB', 10_000_000],
  ['10 mb', 10_000_000],
  ['64MiB', 67_108_864],
  ['1.5k', 1500],
  ['5GiB', 5 * 2 ** 30],
  ['7B', 7],
])('%s is %d bytes', (text, expected) => {
  expect(parseSize(text)).toBe(expected);
});

test.each(['', 'MB', '-1', '1XB', '1e9', '9'.repeat(16), '999999999999999TiB', '1..5k'])('%j is no size', (text) => {
  expect(parseSize(text)).toBeUndefined();
});

test.each([
  [512 * 2 ** 20, '512MiB'],
  [2 ** 40, '1TiB'],
  [1000, '1000'],
  [0, '0'],
])('%d bytes are written as %s, which reads back', (size, text) => {
  expect(formatSize(size)).toBe(text);
  expect(parseSize(text)).toBe(size);
});
