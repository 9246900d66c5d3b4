import { describe, expect, test } from 'vitest';
import { makeFinding, makeResult } from '../../../testkit/findings.ts';
import { makePackage } from '../../../testkit/inventory.ts';
import { fullPackage, makeFullReport, makeRenderOptions, makeReport } from '../../../testkit/report.ts';
import type { CoverageNote, Severity } from '../../core/index.ts';
import { displayWidth } from '../../kit/display-width.ts';
import type { RenderOptions, Report } from '../report.ts';
import { renderTable } from './render.ts';

function render(report: Partial<Report>, options: Partial<RenderOptions> = {}): string {
  return renderTable(makeReport(report), makeRenderOptions(options));
}

const system = makeResult([
  makeFinding('CVE-2030-2', 'liba@1.0', { severity: 'CRITICAL', fixedVersion: '1.1', title: 'liba: a flaw' }),
  makeFinding('CVE-2030-1', 'liba@1.0', { primaryUrl: 'https://example.com/1' }),
]);

test("what Trivy's name prints: a summary, then each result's findings", () => {
  expect(render({ results: [system] }, { dialect: 'trivy' })).toBe(`
Report Summary

┌──────────────────┬──────┬─────────────────┐
│      Target      │ Type │ Vulnerabilities │
├──────────────────┼──────┼─────────────────┤
│ app:1 (test 1.0) │ test │        2        │
└──────────────────┴──────┴─────────────────┘
Legend:
- '-': Not scanned
- '0': Clean (no security findings detected)


app:1 (test 1.0)
================
Total: 2 (UNKNOWN: 0, LOW: 0, MEDIUM: 0, HIGH: 1, CRITICAL: 1)

┌─────────┬───────────────┬──────────┬──────────┬───────────────────┬───────────────┬───────────────────────┐
│ Library │ Vulnerability │ Severity │  Status  │ Installed Version │ Fixed Version │         Title         │
├─────────┼───────────────┼──────────┼──────────┼───────────────────┼───────────────┼───────────────────────┤
│ liba    │ CVE-2030-2    │ CRITICAL │ fixed    │ 1.0               │ 1.1           │ liba: a flaw          │
│         ├───────────────┼──────────┼──────────┤                   ├───────────────┼───────────────────────┤
│         │ CVE-2030-1    │ HIGH     │ affected │                   │               │ https://example.com/1 │
└─────────┴───────────────┴──────────┴──────────┴───────────────────┴───────────────┴───────────────────────┘
`);
});

test('every scanner that ran has a column; a class of results that it does not judge shows a dash', () => {
  const text = render({ results: [system], scanners: ['vuln', 'secret', 'unheard-of'] });
  expect(text).toContain('│ Vulnerabilities │ Secrets │\n');
  expect(text).toContain('│        2        │    -    │\n');
});

test('without a scanner there is no summary', () => {
  expect(render({ results: [system], scanners: [] })).not.toContain('Report Summary');
});

test('without results the summary has dashes', () => {
  expect(render({})).toContain('│   -    │  -   │        -        │\n');
});

test('only the severities asked for are totalled', () => {
  const severities: Severity[] = ['CRITICAL', 'HIGH'];
  expect(render({ results: [system], severities })).toContain('Total: 2 (HIGH: 1, CRITICAL: 1)\n');
});

test('OS packages without findings are totalled, other results without findings only summarised', () => {
  const packages = [{ name: 'a', version: '1' }];
  const text = render({
    results: [
      makeResult([], { packages }),
      makeResult([], { packages, target: 'lock.json', class: 'lang-pkgs', type: 'npm' }),
      makeResult([], { target: 'nothing at all', class: 'lang-pkgs' }),
    ],
  });
  expect(text).toContain('\napp:1 (test 1.0)\n================\nTotal: 0 (UNKNOWN: 0,');
  expect(text).toContain('│ lock.json        │ npm  │        0        │');
  expect(text).not.toContain('lock.json (npm)');
  expect(text).not.toContain('nothing at all');
});

test('packages gathered from many files are summarised by file, archives inside archives by the outer one', () => {
  const at = (filePath: string) => ({ name: 'x:y', version: '1', filePath });
  const inner = at('app/b.war/WEB-INF/lib/inner.jar');
  const result = makeResult([makeFinding('CVE-2030-1', inner)], {
    target: 'Java',
    class: 'lang-pkgs',
    type: 'jar',
    packages: [inner, at('app/b.war'), at('app/a.jar'), { name: 'no:file', version: '1' }],
  });
  const text = render({ results: [result] });
  expect(text).toContain(`├───────────┼──────┼─────────────────┤
│ Java      │ jar  │        0        │
├───────────┼──────┼─────────────────┤
│ app/a.jar │ jar  │        0        │
├───────────┼──────┼─────────────────┤
│ app/b.war │ jar  │        1        │
└───────────┴──────┴─────────────────┘`);
  expect(text).toContain('\nJava (jar)\n==========\n');
  expect(text).toContain('│ x:y (b.war) │');
});

test.each([
  ['twelve words and more are cut', 'a b c d e f g h i j k l m', 'a b c d e f g h i j k l...'],
  ['twelve words too, as it is done there', 'a b c d e f g h i j k l', 'a b c d e f g h i j k l...'],
  ['eleven are not', 'a b c d e f g h i j k', 'a b c d e f g h i j k'],
])('titles: %s', (_, title, shown) => {
  const finding = makeFinding('CVE-2030-1', 'a@1', { title });
  expect(render({ results: [makeResult([finding])] })).toContain(`│ ${shown} │`);
});

test('a description stands in for a title, line by line', () => {
  const finding = makeFinding('CVE-2030-1', 'a@1', { description: 'First line\nsecond line' });
  expect(render({ results: [makeResult([finding])] })).toMatch(/│ First line {2}│\n.*│ second line │\n/);
});

test('colours only when asked for', () => {
  expect(render({ results: [system] })).not.toContain('\u001b');
  const text = render({ results: [system] }, { colour: true });
  expect(text).toContain('\u001b[31mCRITICAL\u001b[0m');
  expect(text).toContain('\u001b[1;4mapp:1 (test 1.0)\u001b[0m\n\n');
  expect(text).toContain('\u001b[1;32mPASS\u001b[0m: ');
});

test.each([70, 80, 100, 120, 200])('nothing is wider than a terminal of %i columns', (columns) => {
  const long = makeFinding('GHSA-aaaa-bbbb-cccc', 'a-package-with-a-long-name@1.0.0-alpha.1+build.20300101', {
    title: 'a title that goes on and on and never seems to end',
    fixedVersion: '1.0.0-alpha.2+build.20300102, 2.0.0-alpha.2+build.20300102',
    primaryUrl: 'https://example.com/a/rather/long/address/that/does/not/fit/GHSA-aaaa-bbbb-cccc',
  });
  const coverage = { catalogers: [], notes: [{ ...note, message: 'words '.repeat(60) }] };
  const lines = render({ results: [makeResult([long])], coverage }, { columns }).split('\n');
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
});

test('in a narrow terminal a finding takes three columns and says the same', () => {
  const text = render({ results: [system] }, { columns: 60 });
  expect(text).toContain('│ Library │ Vulnerability │         Title         │');
  expect(text).toContain('│         │ fixed in 1.1  │');
});

test('hostile names and titles cannot act on a terminal or break a row', () => {
  const finding = makeFinding('CVE-\u001b[2J', 'a\u202eb\n│\u009b31m@1\r2', {
    title: 'x\u001b]0;owned\u0007',
    description: '\u0000',
    fixedVersion: '\u0008',
    primaryUrl: 'https://example.com/\u001b[31m',
  });
  const text = render({
    results: [makeResult([finding], { target: 'app\u001b[1m\nPASS: no findings' })],
    verdict: { result: 'fail', gated: true, reasons: [{ kind: 'end-of-life', family: '\u001b[8m', release: '\n' }] },
    coverage: { catalogers: [], notes: [{ ...note, path: 'a\nPASS\u001b[2K', message: '\u009b' }] },
    data: [{ name: 'db\u0007' }],
  });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  expect(text.match(/^PASS/m)).toBeNull();
});

const note: CoverageNote = { effect: 'incomplete', code: 'file-unreadable', message: 'it ends early' };

test('our own name adds the verdict with its reasons, what was read, what was not judged, and the data', () => {
  const text = render({ ...makeFullReport(), results: [], scanners: [] });
  expect(text).toBe(`
FAIL: 1 finding; test 1.0 is past its end of life; 1 thing could not be judged

Read        1 package in 2 files (test 1)
Not judged  app/x.jar ends early
Data        test-db, updated 2030-01-01 00:00 UTC (27 hours old), an update is due
`);
});

test.each([
  ['pass', 'PASS: no findings\n'],
  ['incomplete', 'INCOMPLETE: 2 things could not be judged\n'],
] as const)('the verdict %s', (result, line) => {
  const reasons = result === 'pass' ? [] : [note, note].map((each) => ({ kind: 'incomplete', note: each }) as const);
  expect(render({ verdict: { result, gated: true, reasons } })).toContain(`\n${line}\n`);
});

test('many notes of one kind are bounded, remarks stand apart', () => {
  const notes: CoverageNote[] = [
    ...Array.from({ length: 50 }, (_, index) => ({ ...note, path: `f${index}` })),
    { effect: 'note', code: 'filtered', message: '2 findings are left out' },
    { ...note, code: 'os-unknown', message: 'x'.repeat(1000) },
  ];
  const text = render({ coverage: { catalogers: [], notes }, scanners: [] });
  expect(text).toContain(`Not judged  f0: it ends early
            f1: it ends early
            f2: it ends early
            and 47 more of the kind file-unreadable
            ${'x'.repeat(240)}...
Noted       2 findings are left out
Data        none: vulnerabilities were not looked for
`);
});

describe('which tables', () => {
  const both = { modes: ['summary', 'detailed'], dependencyTree: false, packages: false } as const;
  const clean = makeResult([], { target: 'app/lock', type: 'npm', class: 'lang-pkgs', packages: [makePackage('b@2')] });

  test('the summary alone, or the findings alone; the verdict is always there', () => {
    const summary = render({ results: [system] }, { table: { ...both, modes: ['summary'] } });
    expect(summary).toContain('Report Summary');
    expect(summary).not.toContain('CVE-2030-1');
    const detailed = render({ results: [system] }, { table: { ...both, modes: ['detailed'] } });
    expect(detailed).not.toContain('Report Summary');
    expect(detailed).toContain('CVE-2030-1');
    for (const text of [summary, detailed]) expect(text).toContain('PASS: ');
  });

  test('packages below the findings of their result, or below its title', () => {
    const text = render({ results: [system, clean] }, { dialect: 'trivy', table: { ...both, packages: true } });
    expect(text.slice(text.lastIndexOf('└─────────┴────────────'))).toBe(
      `└─────────┴───────────────┴──────────┴──────────┴───────────────────┴───────────────┴───────────────────────┘

Packages: 2

┌─────────┬─────────┬──────────┐
│ Package │ Version │ Licenses │
├─────────┼─────────┼──────────┤
│ liba    │ 1.0     │          │
├─────────┼─────────┼──────────┤
│ liba    │ 1.0     │          │
└─────────┴─────────┴──────────┘

app/lock (npm)
==============
Packages: 1

┌─────────┬─────────┬──────────┐
│ Package │ Version │ Licenses │
├─────────┼─────────┼──────────┤
│ b       │ 2       │          │
└─────────┴─────────┴──────────┘
`,
    );
  });

  test('packages that name a file are shown with it; the table fits the terminal', () => {
    const pkg = { ...fullPackage, filePath: `${'long/'.repeat(20)}a.jar/b.jar`, licenses: ['MIT', 'Apache-2.0'] };
    const text = render(
      { results: [makeResult([], { packages: [pkg] })] },
      { columns: 70, table: { ...both, packages: true } },
    );
    expect(text).toContain('│ 1:2.0-3 │ MIT, Apache-2.0 │ long/');
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(70);
    expect(text).not.toContain('b.jar');
  });

  test('where dependencies came from, below the findings', () => {
    const parent = makePackage('app@1', { relationship: 'direct', dependsOn: ['liba@1.0'] });
    const result = { ...system, packages: [...system.packages.slice(0, 1), parent] };
    const table = { ...both, dependencyTree: true };
    expect(render({ results: [result] }, { table })).toContain('    └── app@1\n');
    const nothing = { ...clean, class: 'os-pkgs', packages: [parent] } as const;
    expect(render({ results: [nothing] }, { table })).not.toContain('Origin');
    expect(render({ results: [nothing] }, { table, dialect: 'trivy' })).toContain('(Reversed)');
  });
});

test('findings that do not count are shown on request, also of a result that has no others', () => {
  const finding = makeFinding('CVE-2030-3', 'b@2');
  const suppressed = [{ finding, status: 'ignored', source: '.trivyignore', statement: 'Not reached' }] as const;
  const result = makeResult([], { target: 'lock', type: 'npm', class: 'lang-pkgs', suppressed });
  expect(render({ results: [result] }, { dialect: 'trivy' })).not.toContain('CVE-2030-3');
  expect(render({ results: [result], scanners: [] }, { dialect: 'trivy', showSuppressed: true })).toBe(`
lock (npm)
==========
Total: 0 (UNKNOWN: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0)


Suppressed Vulnerabilities (Total: 1)
=====================================
┌─────────┬───────────────┬──────────┬─────────┬─────────────┬──────────────┐
│ Library │ Vulnerability │ Severity │ Status  │  Statement  │    Source    │
├─────────┼───────────────┼──────────┼─────────┼─────────────┼──────────────┤
│ b       │ CVE-2030-3    │ HIGH     │ ignored │ Not reached │ .trivyignore │
└─────────┴───────────────┴──────────┴─────────┴─────────────┴──────────────┘
`);
});
