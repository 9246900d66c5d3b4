import { expect, test } from 'vitest';
import { timeFor, within } from './deadline.ts';

test.each([
  [null, 9000],
  ['10s', 9000],
  ['1s', 750],
  ['500ms', 375],
  ['1m0s', 29_000],
  ['0s', 9000],
  ['soon', 9000],
  ['1.5s', 1125],
  ['99999999999s', 9000],
])('a timeout of %s leaves %d ms', (text, expected) => {
  expect(timeFor(text)).toBe(expected);
});

test('what takes too long is late', async () => {
  expect(await within(10_000, Promise.resolve('done'))).toBe('done');
  expect(await within(0, new Promise(() => undefined))).toBe('late');
});
