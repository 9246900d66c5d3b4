import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

test.each([
  ['5m0s', 300_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['300ms', 300],
  ['7d', 604_800_000],
  ['0', 0],
  ['0s', 0],
  ['2µs', 0.002],
])('%s is %d ms', (text, expected) => {
  expect(parseDuration(text)).toBeCloseTo(expected, 6);
});

test.each(['', '5', '5 m', 'm', '-5m', '5m-', '1e9s', '5M', `${'9'.repeat(400)}h`, '1h'.repeat(40)])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [300_000, '5m'],
  [5_400_000, '1h30m'],
  [90_061_001, '1d1h1m1s1ms'],
  [0, '0'],
])('%d ms are written as %s, which reads back', (value, text) => {
  expect(formatDuration(value)).toBe(text);
  expect(parseDuration(text)).toBe(value);
});
