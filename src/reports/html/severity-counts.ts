import { type Finding, type Severity, severities } from '../../core/index.ts';

/** How many findings there are of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

export const noFindings: SeverityCounts = { UNKNOWN: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 };

/** From most to least severe, as people read them. */
export const worstFirst: readonly Severity[] = severities.toReversed();

export function countSeverities(findings: Iterable<Finding>): SeverityCounts {
  const counts = { ...noFindings };
  for (const { severity } of findings) addTo(counts, severity);
  return counts;
}

export function addTo(counts: Record<Severity, number>, severity: Severity): void {
  counts[severity] += 1;
}

export function totalOf(counts: SeverityCounts): number {
  return worstFirst.reduce((sum, severity) => sum + counts[severity], 0);
}

/** Negative when `a` is worse: it has more of the most severe kind in which they differ. */
export function compareCounts(a: SeverityCounts, b: SeverityCounts): number {
  for (const severity of worstFirst) if (a[severity] !== b[severity]) return b[severity] - a[severity];
  return 0;
}

/** `2 critical, 9 high`; empty when there are none. */
export function describeCounts(counts: SeverityCounts): string {
  return worstFirst
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity].toLocaleString('en')} ${severity.toLowerCase()}`)
    .join(', ');
}
