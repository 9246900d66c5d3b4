import { expect, test } from 'vitest';
import { formatDate } from './date-format.ts';
import { Moment } from './moment.ts';

const morning = Date.UTC(2030, 0, 2, 3, 4, 5, 60);
const east = { name: 'CET', offset: 60 };

test.each([
  ['2006-01-02T15:04:05Z07:00', '2030-01-02T03:04:05Z'],
  ['2006-01-02T15:04:05.999999999Z07:00', '2030-01-02T03:04:05.06Z'],
  ['2006-01-02T15:04:05.000Z', '2030-01-02T03:04:05.060Z'],
  ['Mon Jan _2 15:04:05 MST 2006', 'Wed Jan  2 03:04:05 UTC 2030'],
  ['Monday, 02-January-06 3:4:5PM -0700', 'Wednesday, 02-January-30 3:4:5AM +0000'],
  ['03 pm 1/2 002 __2 Z0700 Z07 -07', '03 am 1/2 002   2 Z Z +00'],
  ['no elements', 'no elements'],
])('%s', (layout, expected) => {
  expect(formatDate(new Moment(morning), layout)).toBe(expected);
});

test.each([
  ['2006-01-02 15:04 MST -07:00 Z07:00:00 -0700', '2030-01-02 04:04 CET +01:00 +01:00:00 +0100'],
  ['3:04pm', '4:04am'],
])('in another zone: %s', (layout, expected) => {
  expect(formatDate(new Moment(morning, east), layout)).toBe(expected);
});
