import { expect, test } from 'vitest';
import type { Verdict, VerdictReason } from '../core/index.ts';
import { exitCodeOf } from './exit-codes.ts';

const findings: VerdictReason = { kind: 'findings', count: 2 };
const endOfLife: VerdictReason = { kind: 'end-of-life', family: 'x', release: '1' };
const incomplete: VerdictReason = {
  kind: 'incomplete',
  note: { effect: 'incomplete', code: 'os-unknown', message: 'x' },
};

test.each<[string, readonly VerdictReason[], [exitCode: number, exitOnEol: number], number, number]>([
  ['clean', [], [5, 6], 0, 0],
  ['findings, no gate', [findings], [0, 0], 0, 0],
  ['findings', [findings], [5, 0], 5, 5],
  ['findings that only the other gate would see', [findings], [0, 6], 0, 0],
  ['end of life', [endOfLife], [0, 6], 6, 6],
  ['end of life and findings', [findings, endOfLife], [5, 6], 6, 6],
  ['incomplete, no gate', [incomplete], [0, 0], 0, 0],
  ['incomplete', [incomplete], [5, 0], 3, 1],
  ['incomplete under the other gate', [incomplete], [0, 6], 3, 1],
  ['findings and incomplete', [findings, incomplete], [5, 0], 5, 5],
  ['findings that are not gated, and incomplete', [findings, incomplete], [0, 6], 3, 1],
])('%s', (_, reasons, [exitCode, exitOnEol], plimsoll, trivy) => {
  const gate = { exitCode, exitOnEol, allowIncomplete: false };
  const verdict: Verdict = { result: 'pass', gated: exitCode + exitOnEol > 0, reasons };
  expect(exitCodeOf(verdict, gate, 'plimsoll')).toBe(plimsoll);
  expect(exitCodeOf(verdict, gate, 'trivy')).toBe(trivy);
});
