import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { Finding, Severity } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { renderGitlabCodequality } from './render.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed JSON
type Json = any;

function issuesOf(report: Report): Json[] {
  return JSON.parse(renderText(renderGitlabCodequality, report));
}

function issueOf(finding: Finding): Json {
  return issuesOf(makeReport({ results: [makeResult([finding])] }))[0];
}

test("a finding is an issue with the names and the fingerprint of Trivy's template", () => {
  const fingerprint = createHash('sha1').update('CVE-1a1app:1 (test 1.0)').digest('hex');
  expect(issueOf(makeFinding('CVE-1', 'a@1', { title: 'a: bad', description: 'Very "bad".\nSo.' }))).toEqual({
    type: 'issue',
    check_name: 'container_scanning',
    categories: ['Security'],
    description: 'CVE-1 - a - 1 - a: bad',
    fingerprint,
    content: 'Very "bad".\nSo.',
    severity: 'major',
    location: { path: 'app:1 (test 1.0)', lines: { begin: 1 } },
  });
});

test.each<[Severity, string]>([
  ['CRITICAL', 'critical'],
  ['HIGH', 'major'],
  ['MEDIUM', 'minor'],
  ['LOW', 'info'],
  ['UNKNOWN', 'info'],
])('%s is %s', (severity, expected) => {
  expect(issueOf(makeFinding('CVE-1', 'a@1', { severity })).severity).toBe(expected);
});

test('a package of a file is there, at its line, and two places are two issues', () => {
  const at = (filePath: string): Json =>
    issueOf(makeFinding('CVE-1', { name: 'a', version: '1', filePath, locations: [{ start: 7, end: 9 }] }));
  expect(at('x/package-lock.json').location).toEqual({ path: 'x/package-lock.json', lines: { begin: 7 } });
  expect(at('x').fingerprint).not.toBe(at('y').fingerprint);
});

test('what could not be judged comes first', () => {
  expect(issuesOf(makeFullReport())[0]).toMatchObject({
    check_name: 'coverage',
    description: 'Not judged - app/x.jar ends early',
    severity: 'major',
    location: { path: 'app/x.jar' },
  });
});

test('a clean result has no issues', () => {
  expect(issuesOf(makeReport())).toEqual([]);
});
