import { expect, test } from 'vitest';
import { describeAge } from './age.ts';

const now = new Date('2030-01-10T12:00:00Z');

test.each([
  ['2030-01-10T11:30:00Z', 'updated 2030-01-10 11:30 UTC (less than an hour old)'],
  ['2030-01-10T12:30:00Z', 'updated 2030-01-10 12:30 UTC (less than an hour old)'],
  ['2030-01-10T10:59:00+00:00', 'updated 2030-01-10 10:59 UTC (1 hour old)'],
  ['2030-01-08T12:00:01.123456789Z', 'updated 2030-01-08 12:00 UTC (47 hours old)'],
  ['2030-01-08T12:00:00Z', 'updated 2030-01-08 12:00 UTC (2 days old)'],
  ['2031-01-01T00:00:00Z', 'updated 2031-01-01 00:00 UTC (in the future of this scan)'],
  ['yesterday', 'of unknown age'],
  [undefined, 'of unknown age'],
])('%s', (updatedAt, words) => {
  expect(describeAge(updatedAt, now)).toBe(words);
});
