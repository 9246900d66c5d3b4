import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import type { CoverageNote, OperatingSystem, Result } from '../core/index.ts';
import { decideVerdict, type Gate } from './verdict.ts';

const gate: Gate = { exitCode: 1, exitOnEol: 2, allowIncomplete: false };
const supported: OperatingSystem = { family: 'test', name: '1' };
const expired: OperatingSystem = { ...supported, endOfLife: true };
const clean: readonly Result[] = [makeResult([])];
const found: readonly Result[] = [makeResult([makeFinding('CVE-1', 'a@1')]), makeResult([makeFinding('CVE-1', 'b@1')])];
const unreadable: CoverageNote = { effect: 'incomplete', code: 'file-unreadable', message: 'no' };
const remark: CoverageNote = { effect: 'note', code: 'filtered', message: 'so' };

test.each([
  ['nothing found', clean, supported, [], gate, 'pass', []],
  ['remarks only', clean, supported, [remark], gate, 'pass', []],
  ['no operating system', [], undefined, [], gate, 'pass', []],
  ['findings', found, supported, [], gate, 'fail', ['findings']],
  ['end of life', clean, expired, [], gate, 'fail', ['end-of-life']],
  ['end of life without its gate', clean, expired, [], { ...gate, exitOnEol: 0 }, 'pass', []],
  ['something unread', clean, supported, [remark, unreadable], gate, 'incomplete', ['incomplete']],
  ['something unread, allowed', clean, supported, [unreadable], { ...gate, allowIncomplete: true }, 'pass', []],
  ['findings and more', found, expired, [unreadable], gate, 'fail', ['findings', 'end-of-life', 'incomplete']],
] as const)('%s', (_, results, os, notes, given, result, kinds) => {
  const verdict = decideVerdict(results, os, notes, given);
  expect(verdict.result).toBe(result);
  expect(verdict.reasons.map(({ kind }) => kind)).toEqual(kinds);
});

test('findings of all results are counted', () => {
  expect(decideVerdict(found, supported, [], gate).reasons).toEqual([{ kind: 'findings', count: 2 }]);
});

test.each([
  [0, 0, false],
  [1, 0, true],
  [0, 1, true],
])('exit codes %i and %i make a gate: %s', (exitCode, exitOnEol, gated) => {
  expect(decideVerdict(clean, supported, [], { exitCode, exitOnEol, allowIncomplete: false }).gated).toBe(gated);
});
