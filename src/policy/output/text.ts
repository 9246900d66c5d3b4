import { toVisibleLine } from '../../kit/visible-text.ts';
import type { Outcome } from '../model/decision.ts';
import { formatObjectName } from '../model/object-name.ts';
import { countOutcomes, formatPolicyName, type PolicyReport, resultsOf } from './report.ts';

const heads = ['RESULT', 'POLICY', 'RULE', 'RESOURCE', 'MESSAGE'] as const;
const marks: Readonly<Record<Outcome, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  warn: 'warn',
  error: 'ERROR',
  skip: 'skip',
};

/** A line for each result, and Kyverno's line of counts. */
export function renderText(report: PolicyReport): string {
  const rows = [...resultsOf(report)].map(({ object, result }) =>
    [marks[result.outcome], formatPolicyName(result.policy), result.rule, formatObjectName(object), result.message].map(
      toVisibleLine,
    ),
  );
  const pins = report.decisions.flatMap(({ object, patches }) =>
    patches.map(({ pointer, image }) => toVisibleLine(`pin ${formatObjectName(object)} ${pointer} to ${image}`)),
  );
  const counts = Object.entries(countOutcomes(report)).map(([outcome, count]) => `${outcome}: ${count}`);
  const table = rows.length > 0 ? alignColumns([[...heads], ...rows]) : [];
  return `${[...table, ...pins, counts.join(', ')].join('\n')}\n`;
}

/** Pads all columns but the last. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === heads.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
