import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { type Finding, severities, vulnerabilityStatuses } from '../core/index.ts';
import { type FindingFilter, filterResults, toIgnoredStatuses } from './filter.ts';

const now = new Date('2030-01-01T00:00:00Z');
const everything: FindingFilter = { severities, ignoreStatuses: [] };

function filter(findings: readonly Finding[], parts: Partial<FindingFilter> = {}) {
  const { results, notes } = filterResults([makeResult(findings)], { ...everything, ...parts }, now);
  return { result: results[0], ids: results[0]?.findings.map(({ id }) => id), messages: notes.map((n) => n.message) };
}

test('only the severities asked for count, and the notes say how many do not', () => {
  const findings = severities.map((severity) => makeFinding(`CVE-${severity}`, 'a@1', { severity }));
  const { ids, messages } = filter(findings, { severities: ['HIGH', 'CRITICAL'] });
  expect(ids).toEqual(['CVE-CRITICAL', 'CVE-HIGH']);
  expect(messages).toEqual(['3 findings are left out of other severities than those asked for']);
});

test('statuses to ignore are left out', () => {
  const findings = vulnerabilityStatuses.map((status) => makeFinding(`CVE-${status}`, 'a@1', { status }));
  const { ids, messages } = filter(findings, { ignoreStatuses: ['will_not_fix', 'end_of_life'] });
  expect(ids).toHaveLength(vulnerabilityStatuses.length - 2);
  expect(ids).not.toContain('CVE-will_not_fix');
  expect(messages).toEqual(['2 findings are left out for their status']);
});

test.each([
  [false, [], []],
  [false, ['affected'], ['affected']],
  [true, ['affected'], ['affected']],
  [true, [], vulnerabilityStatuses.filter((status) => status !== 'fixed')],
] as const)('ignoring unfixed (%s) and the statuses %j leaves out %j', (unfixed, named, ignored) => {
  expect(toIgnoredStatuses(unfixed, named)).toEqual(ignored);
});

test('what the ignore file names is suppressed, not lost', () => {
  const findings = [makeFinding('CVE-2', 'b@1'), makeFinding('CVE-1', 'a@1'), makeFinding('CVE-2', 'a@1')];
  const { result, ids, messages } = filter(findings, { ignoreFile: { path: '.trivyignore', content: 'CVE-2' } });
  expect(ids).toEqual(['CVE-1']);
  expect(result?.suppressed).toEqual([
    { finding: findings[2], status: 'ignored', source: '.trivyignore' },
    { finding: findings[0], status: 'ignored', source: '.trivyignore' },
  ]);
  expect(messages).toEqual(['2 findings are left out because .trivyignore names them']);
});

test('expired, unused and faulty entries are said, the first few by name', () => {
  const unused = Array.from({ length: 7 }, (_, index) => `CVE-9${index}`).join('\n');
  const content = `CVE-1 exp:2029-12-31\nCVE-2 exp:never\n${unused}`;
  const { ids, messages } = filter([makeFinding('CVE-1', 'a@1')], { ignoreFile: { path: 'ignored', content } });
  expect(ids).toEqual(['CVE-1']);
  expect(messages).toEqual([
    'ignored names what is not found here: CVE-90 (line 3), CVE-91 (line 4), CVE-92 (line 5), CVE-93 (line 6), CVE-94 (line 7) and 2 more',
    'ignored has entries that have expired: CVE-1 (line 1, 2029-12-31)',
    'ignored has entries whose expiry is not a date, so that they ignore nothing: line 2',
  ]);
});

test('an entry for a finding that another filter leaves out is not called unused', () => {
  const findings = [makeFinding('CVE-1', 'a@1', { severity: 'LOW' })];
  const { result, messages } = filter(findings, { severities: ['HIGH'], ignoreFile: { path: 'f', content: 'CVE-1' } });
  expect(result).not.toHaveProperty('suppressed');
  expect(messages).toEqual(['1 finding is left out of other severities than those asked for']);
});

test('of two sources of one flaw the one with the later fixed version stays', () => {
  const findings = [
    makeFinding('CVE-1', 'a@1', { fixedVersion: '1.2', title: 'first' }),
    makeFinding('CVE-1', 'a@1', { fixedVersion: '1.4', title: 'second' }),
    makeFinding('CVE-1', 'a@1', { title: 'third' }),
  ];
  expect(filter(findings).result?.findings).toEqual([findings[1]]);
});

test('a flaw that one source rates too low and another does not is not counted as left out', () => {
  const findings = [makeFinding('CVE-1', 'a@1', { severity: 'LOW' }), makeFinding('CVE-1', 'a@1')];
  const { ids, messages } = filter(findings, { severities: ['HIGH'] });
  expect(ids).toEqual(['CVE-1']);
  expect(messages).toEqual([]);
});

test('the same flaw in two files is two findings', () => {
  const at = (filePath: string) => makeFinding('CVE-1', { name: 'a', version: '1', filePath });
  expect(filter([at('x/package.json'), at('y/package.json')]).ids).toEqual(['CVE-1', 'CVE-1']);
});

test('report order: package, id, version, severity, vulnerability, file', () => {
  const ordered = [
    makeFinding('CVE-2', { name: 'a', version: '1', filePath: 'x' }, { severity: 'CRITICAL' }),
    makeFinding('CVE-1', { name: 'a', version: '1', filePath: 'x' }),
    makeFinding('CVE-1', { name: 'a', version: '1', filePath: 'y' }),
    makeFinding('CVE-3', { name: 'a', version: '1', filePath: 'x' }),
    makeFinding('CVE-1', { name: 'a', version: '2', filePath: 'x' }),
    makeFinding('CVE-1', 'a@1'),
    makeFinding('CVE-1', 'b@1'),
  ];
  expect(filter(ordered.toReversed()).result?.findings).toEqual(ordered);
});
