import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type CoverageNote, severities } from '../../src/core/index.ts';
import type { Report } from '../../src/reports/index.ts';
import { splitFindings } from '../../src/reports/sarif/parts.ts';
import { renderSarif } from '../../src/reports/sarif/render.ts';
import { makeFinding, makeResult } from '../../testkit/findings.ts';
import { makeRenderOptions, makeReport, renderText } from '../../testkit/report.ts';

// The limits of GitHub's code scanning: "SARIF results exceed one or more limits" in its documentation.
const maxRuns = 20;
const maxResults = 25_000;
const maxRules = 25_000;
const maxLocations = 1000;
const maxTags = 20;
const maxPacked = 10_000_000;

interface Run {
  readonly tool: { driver: { rules: { id: string; properties: { tags: string[] } }[] } };
  readonly automationDetails: { id: string };
  readonly invocations: { toolExecutionNotifications?: { level: string; message: { text: string } }[] }[];
  readonly properties: { coverage: { notes: Record<string, number> } };
  readonly results: { ruleId: string; ruleIndex: number; rank: number; level: string; locations: unknown[] }[];
}

function runsOf(text: string): Run[] {
  return JSON.parse(text).runs;
}

function reportOf(amount: number, description = (_: number): string => 'A flaw.'): Report {
  const findings = Array.from({ length: amount }, (_, index) =>
    makeFinding(`CVE-2030-${index % 40_000}`, `package-${index}@1.${index % 7}`, {
      severity: severities[index % 5] ?? 'LOW',
      description: description(index),
      ...(index % 3 === 0 && { fixedVersion: '2' }),
    }),
  );
  return makeReport({ results: [makeResult(findings)] });
}

const large = renderText(renderSarif, reportOf(60_000));

test('60,000 findings are in runs that code scanning takes, the worst first, and none is lost', () => {
  const runs = runsOf(large);
  expect(runs).toHaveLength(3);
  expect(runs.length).toBeLessThanOrEqual(maxRuns);
  for (const { tool, results } of runs) {
    const { rules } = tool.driver;
    expect(results.length).toBeLessThanOrEqual(maxResults);
    expect(rules.length).toBeLessThanOrEqual(maxRules);
    expect(results.every(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).toBe(true);
    expect(Math.max(...rules.map(({ properties }) => properties.tags.length))).toBeLessThanOrEqual(maxTags);
    expect(Math.max(...results.map(({ locations }) => locations.length))).toBeLessThanOrEqual(maxLocations);
  }
  const results = runs.flatMap((run) => run.results);
  expect(results).toHaveLength(60_000);
  const ranks = results.map(({ rank }) => rank);
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
  expect(gzipSync(large).length).toBeLessThan(maxPacked);
});

test('each run has a category of its own, which stays the same, and says which part it is', () => {
  const runs = runsOf(large);
  expect(runs.map((run) => run.automationDetails.id)).toEqual([
    'plimsoll/app/',
    'plimsoll/app/part-2/',
    'plimsoll/app/part-3/',
  ]);
  expect(runs[2]?.invocations[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
    'Part 3 of 3: 10000 results by rank, as a run has at most 25000',
  ]);
});

test('no more runs are made than code scanning takes', () => {
  const findings = Array.from({ length: 510_000 }, () => finding);
  const { parts, leftOut } = splitFindings(makeReport({ results: [makeResult(findings)] }), makeRenderOptions());
  expect(parts).toHaveLength(maxRuns);
  expect(parts.every((part) => part.findings.length === maxResults)).toBe(true);
  expect(leftOut).toBe(10_000);
});

const finding = makeFinding('CVE-1', 'a@1');

test('what makes the file too large is left out from the lowest rank up, and said in it and to the log', () => {
  // Hashes do not get smaller when they are packed.
  const report = reportOf(15_000, (index) =>
    Array.from({ length: 32 }, (_, line) => createHash('sha256').update(`${index} ${line}`).digest('hex')).join('\n'),
  );
  const warnings: CoverageNote[] = [];
  const text = renderText(renderSarif, report, { warn: (note) => void warnings.push(note) });
  expect(gzipSync(text).length).toBeLessThan(maxPacked);
  const [run] = runsOf(text);
  const { leftOut } = warnings[0]?.data ?? {};
  expect(leftOut).toBe(15_000 - (run?.results.length ?? 0));
  expect(leftOut).toBeGreaterThan(1000);
  const message = `${leftOut} findings of 15000, those of the lowest rank, are not in the SARIF file: code scanning takes no larger one`;
  expect(warnings).toMatchObject([{ effect: 'note', code: 'limit-reached', message }]);
  expect(run?.invocations[0]?.toolExecutionNotifications?.[0]).toMatchObject({
    level: 'warning',
    message: { text: message },
  });
  expect(run?.properties.coverage.notes).toEqual({ 'limit-reached': 1 });
  expect(run?.results.some(({ level }) => level === 'error')).toBe(true);
});

test("under Trivy's name there is one run, as that program writes it", () => {
  const runs = runsOf(renderText(renderSarif, reportOf(30_000), { dialect: 'trivy' }));
  expect(runs.map(({ results }) => results.length)).toEqual([30_000]);
});
