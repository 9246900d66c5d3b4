import type { CoverageNote } from '../../core/index.ts';
import { JsonList, JsonObject, streamJson } from '../../kit/json-stream.ts';
import type { RenderOptions, RenderPieces, Report } from '../report.ts';
import { makeOccurrences } from './occurrences.ts';
import { type Part, splitFindings } from './parts.ts';
import { describeLeftOut, describePart } from './remarks.ts';
import { toResult } from './result.ts';
import { collectRules } from './rules.ts';
import { toAutomationDetails, toDriver, toInvocation, toRunProperties } from './run.ts';

/**
 * SARIF 2.1.0: a rule for every vulnerability, a result for every package that has it. Under our own name ranked, and in
 * several runs where code scanning takes no more in one.
 */
export const renderSarif: RenderPieces = (report, options) => {
  const split = splitFindings(report, options);
  const leftOut = describeLeftOut(split);
  for (const note of leftOut) options.warn?.(note);
  return streamJson(
    new JsonObject({
      version: '2.1.0',
      $schema: 'https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json',
      runs: new JsonList(split.parts.values().map((part) => toRun(part, { report, leftOut, options }))),
    }),
  );
};

interface Setting {
  readonly report: Report;
  readonly options: RenderOptions;
  readonly leftOut: readonly CoverageNote[];
}

function toRun(part: Part, { report, leftOut, options }: Setting): JsonObject {
  const rules = collectRules(part.findings, options);
  const occurrence = makeOccurrences();
  const properties = toRunProperties(withNotes(report, leftOut), options);
  return new JsonObject({
    tool: new JsonObject({ driver: toDriver(new JsonList(rules.described()), options) }),
    ...(options.dialect === 'plimsoll' && {
      automationDetails: toAutomationDetails(report, part, options),
      invocations: [toInvocation(report, [...leftOut, ...describePart(part)])],
    }),
    results: new JsonList(
      part.findings
        .values()
        .map(({ finding, result }) =>
          toResult(finding, result, { ruleIndex: rules.indexOf(finding.id), dialect: options.dialect, occurrence }),
        ),
    ),
    columnKind: 'utf16CodeUnits',
    ...(Object.keys(properties).length > 0 && { properties }),
  });
}

function withNotes(report: Report, more: readonly CoverageNote[]): Report {
  const { coverage } = report;
  return { ...report, coverage: { ...coverage, notes: [...coverage.notes, ...more] } };
}
