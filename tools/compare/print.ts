import { alignRows } from './align.ts';
import type { SetDifference } from './difference.ts';
import { asText } from './json.ts';
import type { Outcome } from './run.ts';

const headings = ['image', 'packages = - +', 'findings = - +', 'fields', 'ms', ''] as const;
const maxValue = 100;

/** One line for each image, then the first differences of each. */
export function formatOutcomes(outcomes: readonly Outcome[], limit: number): string {
  const table = alignRows([headings, ...outcomes.map(toRow)]);
  const details = outcomes.filter(({ equal }) => !equal).map((outcome) => formatDetails(outcome, limit));
  return [...table, ...details].join('\n');
}

function toRow({ name, difference, milliseconds, equal, error }: Outcome): string[] {
  const verdict = equal ? 'equal' : error === undefined ? 'DIFFERS' : 'FAILED';
  const counts =
    difference === undefined
      ? ['', '', '']
      : [toCounts(difference.packages), toCounts(difference.findings), String(difference.fields.length)];
  return [name, ...counts, String(milliseconds), verdict];
}

function toCounts({ equal, missing, extra }: SetDifference): string {
  return `${equal} ${missing.length} ${extra.length}`;
}

function formatDetails({ name, reference, difference, error }: Outcome, limit: number): string {
  const lines =
    difference === undefined
      ? [`  ${error}`]
      : [
          ...difference.packages.missing.map((item) => `  - package ${item}`),
          ...difference.packages.extra.map((item) => `  + package ${item}`),
          ...difference.findings.missing.map((item) => `  - finding ${item}`),
          ...difference.findings.extra.map((item) => `  + finding ${item}`),
          ...difference.fields.map(
            ({ path, expected, actual }) => `  ~ ${path}: ${shorten(expected)} -> ${shorten(actual)}`,
          ),
        ];
  const more = lines.length > limit ? [`  and ${lines.length - limit} more (--json shows all)`] : [];
  return ['', `${name} (${reference})`, ...lines.slice(0, limit), ...more].join('\n');
}

function shorten(value: unknown): string {
  const text = asText(value);
  return text.length > maxValue ? `${text.slice(0, maxValue)}...` : text;
}
