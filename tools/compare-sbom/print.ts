import { alignRows } from '../compare/align.ts';
import type { SetDifference } from '../compare/difference.ts';
import { isEqualOutcome, type SbomOutcome } from './run.ts';

const headings = ['image', 'SBOM', 'packages = - +', 'findings = - +', ''] as const;

/** One line for each SBOM, the first differences of those that have some, and a line that sums up. */
export function formatSbomOutcomes(outcomes: readonly SbomOutcome[], limit: number): string {
  const table = alignRows([headings, ...outcomes.map(toRow)]);
  const unequal = outcomes.filter((outcome) => !isEqualOutcome(outcome));
  const summary = `${outcomes.length - unequal.length} of ${outcomes.length} SBOMs are judged as their image`;
  return [...table, ...unequal.map((outcome) => formatDetails(outcome, limit)), '', summary].join('\n');
}

function toRow(outcome: SbomOutcome): string[] {
  const { image, document, packages, findings, error } = outcome;
  const verdict = isEqualOutcome(outcome) ? 'equal' : error === undefined ? 'DIFFERS' : 'FAILED';
  return [image, document, toCounts(packages), toCounts(findings), verdict];
}

function toCounts({ equal, missing, extra }: SetDifference): string {
  return `${equal} ${missing.length} ${extra.length}`;
}

function formatDetails({ image, document, packages, findings, violations, error }: SbomOutcome, limit: number): string {
  const lines = [
    ...(error === undefined ? [] : [`  ${error}`]),
    ...packages.missing.map((item) => `  - package ${item}`),
    ...packages.extra.map((item) => `  + package ${item}`),
    ...findings.missing.map((item) => `  - finding ${item}`),
    ...findings.extra.map((item) => `  + finding ${item}`),
    ...violations.map((item) => `  ! ${item}`),
  ];
  const more = lines.length > limit ? [`  and ${lines.length - limit} more`] : [];
  return ['', `${image}, ${document}`, ...lines.slice(0, limit), ...more].join('\n');
}
