import { expect, test } from 'vitest';
import { findJsonExcess } from './json-bounds.ts';

test.each([
  ['[[1]]', 2, 10, undefined],
  ['[[1]]', 1, 10, 'depth'],
  ['{"a":{"b":[]}}', 2, 10, 'depth'],
  ['{"a":{"b":[]}}', 3, 10, undefined],
  ['[1,2,3]', 9, 4, undefined],
  ['[1,2,3]', 9, 3, 'values'],
  ['["[[[[,,,,{{{{"]', 1, 2, undefined],
  ['["\\"[[[[", "\\\\", [1]]', 2, 9, undefined],
  ['["\\\\",[[1]]]', 2, 9, 'depth'],
  ['["never ends', 2, 9, undefined],
  ['][][', 1, 9, undefined],
  ['', 0, 1, undefined],
] as const)('%s with depth %d and %d values', (text, depth, values, excess) => {
  expect(findJsonExcess(text, { depth, values })).toBe(excess);
});

test('long runs of escapes take linear time', () => {
  expect(findJsonExcess(`"${'\\"'.repeat(200_000)}"`, { depth: 1, values: 1 })).toBeUndefined();
  expect(findJsonExcess(`"${'\\'.repeat(400_000)}"`, { depth: 1, values: 1 })).toBeUndefined();
});
