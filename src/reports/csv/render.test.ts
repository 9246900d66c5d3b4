import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import type { Report } from '../report.ts';
import { renderCsv } from './render.ts';

function linesOf(report: Report): string[] {
  return renderText(renderCsv, report).split('\r\n').slice(0, -1);
}

test('a line has what a finding has', () => {
  const [head, , , line] = linesOf(makeFullReport());
  expect(head).toBe(
    'Kind,Target,Type,Package,Installed version,Fixed version,Status,ID,Severity,Title,Path,Package URL,Layer,Link',
  );
  expect(line).toBe(
    'vulnerability,app:1 (test 1.0),test,liba,1:2.0-3,1:2.0-4,fixed,CVE-2030-1,CRITICAL,liba: a flaw,app/liba.json,' +
      `pkg:rpm/test/liba@2.0-3?arch=x86_64,sha256:${'b'.repeat(64)},https://example.com/CVE-2030-1`,
  );
});

test('what could not be judged comes first, then an end of life', () => {
  expect(linesOf(makeFullReport()).slice(1, 3)).toEqual([
    `not judged,app:1,,,,,,file-unreadable,,app/x.jar ends early,app/x.jar,,sha256:${'b'.repeat(64)},`,
    'end of life,app:1,,,,,,,,test 1.0 is past its end of life,,,,',
  ]);
});

test('nothing but the head is a clean result', () => {
  expect(linesOf(makeReport())).toHaveLength(1);
});

test.each([
  ['a,b', '"a,b"'],
  ['a "b"', '"a ""b"""'],
  ['a\nb', 'a b'],
  ['=1+1', "'=1+1"],
  ['@scope/name', "'@scope/name"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  [' =1', "' =1"],
  ['\t=1', "' =1"],
  ['\uff1d1', "'\uff1d1"],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ['\u001b[2J', '\\x1b[2J'],
])('%j is written as %s', (title, expected) => {
  const report = makeReport({ results: [makeResult([makeFinding('CVE-1', 'a@1', { title })])] });
  expect(linesOf(report)[1]).toBe(`vulnerability,app:1 (test 1.0),test,a,1,,affected,CVE-1,HIGH,${expected},,,,`);
});
