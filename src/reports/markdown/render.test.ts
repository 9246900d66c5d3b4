import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makeFullReport, makeReport, renderText } from '../../../testkit/report.ts';
import { type CoverageNote, type Finding, severities } from '../../core/index.ts';
import type { Report } from '../report.ts';
import { renderMarkdown } from './render.ts';
import { toLink, toMarkdown } from './text.ts';

const maxComment = 65_536;

function render(report: Report): string {
  return renderText(renderMarkdown, report);
}

function reportOf(findings: readonly Finding[], parts: Partial<Report> = {}): Report {
  return makeReport({ results: [makeResult(findings)], ...parts });
}

test('the verdict comes first, then what could not be judged, then findings, then coverage', () => {
  expect(
    render(makeFullReport()),
  ).toBe(`## FAIL: 1 finding; test 1.0 is past its end of life; 1 thing could not be judged

**app:1**, a gate was asked for: this result decides, 1 finding left out by decision

> [!WARNING]
> 1 thing could not be judged: there may be more findings than are listed here.

- app/x.jar ends early

| Severity | Findings | With a fix |
| --- | ---: | ---: |
| CRITICAL | 1 | 1 |

| Severity | Vulnerability | Package | Installed | Fixed in | Where |
| --- | --- | --- | --- | --- | --- |
| CRITICAL | [CVE-2030-1](https://example.com/CVE-2030-1) | liba | 1:2.0-3 | 1:2.0-4 | app/liba.json |

<details><summary>What was looked at</summary>

- Read: 1 package in 2 files (test 1)
- Data: test-db, updated 2030-01-01 00:00 UTC (27 hours old), an update is due

</details>
`);
});

test('a clean result is short', () => {
  expect(render(makeReport())).toMatch(
    /^## PASS: no findings\n\n\*\*app:1\*\*, no gate was asked for: this result stops nothing\n\n<details>/,
  );
});

test('a result without findings that is incomplete says so in its first line', () => {
  const note: CoverageNote = { effect: 'incomplete', code: 'os-unknown', message: 'no os' };
  const verdict = { result: 'incomplete', gated: true, reasons: [{ kind: 'incomplete', note }] } as const;
  expect(render(makeReport({ verdict, coverage: { catalogers: [], notes: [note] } }))).toMatch(
    /^## INCOMPLETE: 1 thing could not be judged\n[\s\S]*> \[!WARNING\]/,
  );
});

test('the worst come first', () => {
  const findings = severities.map((severity, index) => makeFinding(`CVE-${index}`, 'a@1', { severity }));
  const ids = [...render(reportOf(findings)).matchAll(/\| (CVE-\d)/g)].map(([, id]) => id);
  expect(ids).toEqual(['CVE-4', 'CVE-3', 'CVE-2', 'CVE-1', 'CVE-0']);
});

test('60,000 findings fit into a comment, which says how many are not in it', () => {
  const findings = Array.from({ length: 60_000 }, (_, index) =>
    makeFinding(`CVE-2030-${index}`, `package-${index}@1`, { severity: severities[index % 5] ?? 'LOW' }),
  );
  const text = render(reportOf(findings));
  expect(text.length).toBeGreaterThan(60_000);
  expect(text.length).toBeLessThanOrEqual(maxComment);
  const shown = text.match(/^\| \w+ \| CVE/gm)?.length ?? 0;
  expect(text).toContain(`**${60_000 - shown} more findings of lower rank not shown here** (`);
  expect(text).toContain('12000 UNKNOWN');
});

test('however long and hostile everything is, the text is no longer than a comment and has its foot', () => {
  const text = '@'.repeat(5000);
  const notes = Array.from(
    { length: 500 },
    (_, index): CoverageNote => ({
      effect: index % 2 === 0 ? 'incomplete' : 'note',
      code: 'file-unreadable',
      message: text,
    }),
  );
  const finding = makeFinding(text, { name: text, version: text, filePath: text }, { primaryUrl: `https://${text}` });
  const report = reportOf(Array(3000).fill(finding), {
    artifact: { name: text, type: 'container_image' },
    coverage: { catalogers: [{ cataloger: text, files: 1, packages: 1 }], notes },
    data: Array.from({ length: 50 }, () => ({ name: text })),
  });
  expect(render(report).length).toBeLessThanOrEqual(maxComment);
  expect(render(report)).toMatch(/<\/details>\n$/);
});

test.each([
  ['a|b', 'a&#124;b'],
  ['<img src=x>', '&#60;img src=x&#62;'],
  ['**bold** `code` ~x~', '&#42;&#42;bold&#42;&#42; &#96;code&#96; &#126;x&#126;'],
  ['[a](https://x.y)', '&#91;a&#93;(https:&#8203;//x.y)'],
  ['@team #12', '&#64;&#8203;team &#35;&#8203;12'],
  ['www.example.com', 'www&#8203;.example.com'],
  ['- a', '&#8203;- a'],
  ['1. a', '&#8203;1. a'],
  ['1.2-3', '1.2-3'],
  ['a\nb', 'a b'],
  ['$x$ \\', '&#36;x&#36; &#92;'],
  ['abcdef'.repeat(20), `${'abcdef'.repeat(20).slice(0, 100)}…`],
  ['@'.repeat(100), `${'&#64;&#8203;'.repeat(8)}…`],
])('%j is written as %s', (text, expected) => {
  expect(toMarkdown(text, 100)).toBe(expected);
});

test('no text ends a cell, begins markup or is the address of a page', () => {
  const pieces = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('www.', 'http://', '@', '#1', '|', '\\'));
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('');
      expect(toMarkdown(text, 100)).not.toMatch(/[\n|<>`*_[\]\\~$!@{}]|&(?!#\d+;)|#(?!\d+;)|:\/\/|www\./i);
    }),
  );
});

test.each([
  ['https://example.com/a', '[x](https://example.com/a)'],
  ['https://example.com/a b)|(c', '[x](https://example.com/a%20b%29%7C%28c)'],
  ['javascript:alert(1)', 'x'],
  ['not an address', 'x'],
  [`https://example.com/${'a'.repeat(400)}`, 'x'],
  [undefined, 'x'],
])('the address %j gives %s', (address, expected) => {
  expect(toLink('x', address)).toBe(expected);
});
