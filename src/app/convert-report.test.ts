import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyReport } from '../../testkit/any-report.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { makeRenderOptions, makeReport, renderText } from '../../testkit/report.ts';
import { decideVerdict, filterResults } from '../decide/index.ts';
import type { Report } from '../reports/index.ts';
import { reportFormats, table } from '../reports/registry.ts';
import { makeContext } from './context.ts';
import { convertReport, type ReadReportInput, readReport } from './convert-report.ts';
import type { RenderedReport, Rendering } from './render-report.ts';

const context = makeContext({ cacheDir: '/nowhere', clock: { now: () => new Date('2031-01-01T00:00:00Z') } });

async function jsonOf(report: Report, options: Partial<Rendering['options']> = {}): Promise<Buffer> {
  return Buffer.from(renderText(await reportFormats.get('json')?.load(), report, options));
}

function convert(
  bytes: Buffer,
  input: Partial<ReadReportInput> = {},
  { format = table, ...options }: Partial<Rendering['options']> & Partial<Pick<Rendering, 'format'>> = {},
): Promise<RenderedReport> {
  const rendering = { format, options: makeRenderOptions(options) };
  return convertReport({ saved: { kind: 'bytes', bytes }, ...input }, rendering, context);
}

/** Kinds of what could not be judged. */
function openIn({ verdict }: RenderedReport): string[] {
  return verdict.reasons.flatMap((reason) => (reason.kind === 'incomplete' ? [reason.note.message] : []));
}

const low = makeFinding('CVE-2030-1', 'a@1', { severity: 'LOW' });
const high = makeFinding('CVE-2030-2', 'a@1', { severity: 'HIGH', fixedVersion: '2' });
const report = makeReport({
  results: [makeResult([low, high])],
  verdict: { result: 'fail', gated: false, reasons: [{ kind: 'findings', count: 2 }] },
});

/** The report that a scan would make of these findings: filtered, sorted and judged. */
function settle(any: Report): Report {
  const filter = { severities: any.severities, ignoreStatuses: [] };
  const { results, notes: filtered } = filterResults(any.results, filter, any.createdAt);
  const notes = [...any.coverage.notes, ...filtered];
  const verdict = decideVerdict(results, any.os, notes, { exitCode: 0, exitOnEol: 0, allowIncomplete: false });
  return { ...any, results, verdict, coverage: { ...any.coverage, notes } };
}

test.each(reportFormats.all)('where nothing is asked for, the $id is that of the scan', async (format) => {
  const render = await format.load();
  await fc.assert(
    fc.asyncProperty(anyReport.map(settle), async (scanned) => {
      const { pieces, verdict } = await convert(await jsonOf(scanned), {}, { format });
      expect([...pieces].join('')).toBe(renderText(render, scanned));
      expect(verdict).toEqual(scanned.verdict);
    }),
    { numRuns: 50 },
  );
});

test('a report in a file is read', async () => {
  const path = join(temporaryDirectory(), 'report.json');
  writeFileSync(path, await jsonOf(report));
  expect((await convert(Buffer.of(), { saved: { kind: 'file', path } })).verdict.result).toBe('fail');
});

test('the report itself is given to those who write it their own way', async () => {
  const { results, verdict } = await readReport({ saved: { kind: 'bytes', bytes: await jsonOf(report) } }, context);
  expect(results[0]?.findings.map(({ id }) => id)).toEqual(['CVE-2030-2', 'CVE-2030-1']);
  expect(verdict.result).toBe('fail');
});

test('what is no report is refused', async () => {
  await expect(convert(Buffer.from('hello'))).rejects.toThrowCode('REPORTS_SAVED_UNKNOWN');
});

test('filters apply again, and a gate is judged again', async () => {
  const gate = { exitCode: 1 };
  const one = await convert(await jsonOf(report), { severities: ['HIGH'], gate });
  expect(one.verdict).toEqual({ result: 'fail', gated: true, reasons: [{ kind: 'findings', count: 1 }] });
  const none = await convert(await jsonOf(report), { severities: ['LOW'], ignoreUnfixed: true, gate });
  expect(none.verdict).toEqual({ result: 'pass', gated: true, reasons: [] });
});

test('an ignore file leaves out more, and what was left out before stays so', async () => {
  const path = join(temporaryDirectory(), 'ignore');
  writeFileSync(path, 'CVE-2030-1\n');
  const suppressed = [{ finding: makeFinding('CVE-2030-3', 'a@1'), status: 'ignored', source: 'earlier' }] as const;
  const bytes = await jsonOf({ ...report, results: [makeResult([low, high], { suppressed })] });
  const json = await convert(bytes, { ignoreFile: { path } }, { format: reportFormats.get('json') ?? table });
  const { Plimsoll } = JSON.parse([...json.pieces].join(''));
  expect(Plimsoll.Suppressed.map(({ Source }: { Source: string }) => Source)).toEqual(['earlier', path]);
});

describe('what a report does not tell keeps a gate from passing', () => {
  const clean = { ...report, results: [makeResult([], { packages: [low.package] })] };

  test.each<[string, Report, Partial<ReadReportInput>, string[]]>([
    ['nothing', clean, {}, []],
    ['severities that it was made with', clean, { severities: ['LOW'] }, []],
    [
      'other severities',
      { ...clean, severities: ['HIGH'] },
      { severities: ['LOW', 'HIGH'] },
      ['The report was made for other severities, so it tells nothing of LOW'],
    ],
    [
      'a scanner that did not run',
      clean,
      { scanners: ['vuln', 'secret'] },
      ['The report was made without looking for secrets (secret)'],
    ],
  ])('%s', async (_, saved, input, messages) => {
    const rendered = await convert(await jsonOf(saved), { gate: { exitCode: 1 }, ...input });
    expect(openIn(rendered)).toEqual(messages);
    expect(rendered.verdict.result).toBe(messages.length > 0 ? 'incomplete' : 'pass');
  });

  test("a report of Trivy, under our name; under Trivy's it is a note", async () => {
    const foreign = await jsonOf(clean, { dialect: 'trivy' });
    const ours = await convert(foreign, { gate: { exitCode: 1 } });
    expect(openIn(ours)).toHaveLength(1);
    expect((await convert(foreign, { gate: { exitCode: 1 } }, { dialect: 'trivy' })).verdict.result).toBe('pass');
    expect((await convert(foreign, { gate: { exitCode: 1, allowIncomplete: true } })).verdict.result).toBe('pass');
  });

  test('findings of other kinds, unless nobody wants them', async () => {
    const document = JSON.parse((await jsonOf(clean, { dialect: 'trivy' })).toString());
    document.Results.push({ Target: 'key', Class: 'secret', Secrets: [{}] }, 7);
    const bytes = Buffer.from(JSON.stringify(document));
    expect(openIn(await convert(bytes, {}, { dialect: 'trivy' }))).toEqual([
      'The report has secrets (1), which this version cannot take over',
      'Entries of the report are not what they should be (1)',
    ]);
    expect(openIn(await convert(bytes, { scanners: ['vuln'] }, { dialect: 'trivy' }))).toHaveLength(1);
  });

  test('an SBOM of a report without its packages', async () => {
    const bytes = await jsonOf(report, { listPackages: false });
    const format = reportFormats.get('cyclonedx') ?? table;
    expect(openIn(await convert(bytes, {}, { format }))).toEqual([
      'The report lists only packages with findings (it was made with --list-all-pkgs=false)',
    ]);
    expect(openIn(await convert(bytes))).toEqual([]);
  });
});

test('a report that lists no packages does not begin to', async () => {
  const format = reportFormats.get('json') ?? table;
  const { pieces } = await convert(await jsonOf(report, { listPackages: false }), {}, { format });
  expect([...pieces].join('')).not.toContain('"Packages":');
});

describe('the summary', () => {
  async function headerOf(bytes: Buffer, input: Partial<ReadReportInput>, dialect: 'trivy' | 'plimsoll') {
    const text = [...(await convert(bytes, input, { dialect })).pieces].join('');
    return /│ +Target .*/.exec(text)?.[0].replaceAll(/[│ ]+/g, ' ').trim();
  }

  test('shows the scanners that ran, those asked for of them, and no other', async () => {
    const own = await jsonOf(report);
    expect(await headerOf(own, {}, 'plimsoll')).toBe('Target Type Vulnerabilities');
    expect(await headerOf(own, { scanners: ['vuln', 'secret'] }, 'plimsoll')).toBe('Target Type Vulnerabilities');
    expect(await headerOf(own, { scanners: ['secret'] }, 'plimsoll')).toBeUndefined();
  });

  test("shows the scanners asked for alone under Trivy's name", async () => {
    const foreign = await jsonOf(report, { dialect: 'trivy' });
    expect(await headerOf(foreign, {}, 'trivy')).toBeUndefined();
    expect(await headerOf(foreign, { scanners: ['vuln', 'secret'] }, 'trivy')).toBe(
      'Target Type Vulnerabilities Secrets',
    );
    expect(await headerOf(foreign, {}, 'plimsoll')).toBe('Target Type Vulnerabilities');
  });
});
