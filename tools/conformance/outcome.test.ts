import { expect, test } from 'vitest';
import { parseOutcome } from './outcome.ts';

const text = `OCI Conformance Result: FAIL
  Disabled......................:          1
  Skip..........................:          8
  Pass..........................:        991
  FAIL..........................:         25
  Error.........................:          2
  Total.........................:       1027

API conformance:
  Tag listing...................:       FAIL
  Tag delete....................:       Pass
  Blob anonymous mount..........:       Skip
`;

test('counts, and what is not well', () => {
  expect(parseOutcome(text)).toEqual({
    passed: 991,
    failed: 27,
    skipped: 9,
    complaints: ['  Tag listing...................:       FAIL', '  Blob anonymous mount..........:       Skip'],
  });
});

test('a program that fell over has passed nothing', () => {
  expect(parseOutcome('')).toEqual({ passed: 0, failed: 0, skipped: 0, complaints: [] });
});
