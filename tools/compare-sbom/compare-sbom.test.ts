import { expect, test } from 'vitest';
import type { SetDifference } from '../compare/difference.ts';
import { formatSbomOutcomes } from './print.ts';
import { isEqualOutcome, type SbomOutcome } from './run.ts';

const equal: SetDifference = { equal: 2, missing: [], extra: [] };
const outcome: SbomOutcome = {
  image: 'one',
  document: 'spdx 2.3',
  packages: equal,
  findings: equal,
  sameVerdict: true,
  violations: [],
};

test.each<[Partial<SbomOutcome>, boolean]>([
  [{}, true],
  [{ packages: { ...equal, missing: ['a'] } }, false],
  [{ findings: { ...equal, extra: ['a'] } }, false],
  [{ sameVerdict: false }, false],
  [{ violations: ['x'] }, false],
  [{ error: 'no' }, false],
])('%j is equal: %s', (parts, expected) => {
  expect(isEqualOutcome({ ...outcome, ...parts })).toBe(expected);
});

test('one line for each SBOM, then what differs, then how many do not', () => {
  const second = { ...outcome, document: 'reference.cdx.json', findings: { ...equal, missing: ['f1', 'f2'] } };
  expect(formatSbomOutcomes([outcome, second], 1)).toBe(`image  SBOM                packages = - +  findings = - +
one    spdx 2.3            2 0 0           2 0 0           equal
one    reference.cdx.json  2 0 0           2 2 0           DIFFERS

one, reference.cdx.json
  - finding f1
  and 1 more

1 of 2 SBOMs are judged as their image`);
});
