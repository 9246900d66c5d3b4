import {
  type CoverageNote,
  type Finding,
  type Result,
  type Severity,
  type SuppressedFinding,
  severityRank,
  type VulnerabilityStatus,
  vulnerabilityStatuses,
} from '../core/index.ts';
import type { IgnoreFile } from './ignore-file.ts';
import { type IgnoreList, makeIgnoreList } from './ignore-list.ts';

export interface FindingFilter {
  /** Severities that count; others are left out. */
  readonly severities: readonly Severity[];
  readonly ignoreStatuses: readonly VulnerabilityStatus[];
  readonly ignoreFile?: IgnoreFile;
}

export interface FilteredResults {
  /** Findings that count, in report order; those that the ignore file names are kept as suppressed. */
  readonly results: readonly Result[];
  /** What was left out and why. */
  readonly notes: readonly CoverageNote[];
}

/**
 * The statuses that `--ignore-unfixed` and `--ignore-status` together leave out: unfixed means every one but `fixed`,
 * and says nothing more once statuses are named.
 */
export function toIgnoredStatuses(
  ignoreUnfixed: boolean,
  ignoreStatuses: readonly VulnerabilityStatus[],
): readonly VulnerabilityStatus[] {
  if (!ignoreUnfixed || ignoreStatuses.length > 0) return ignoreStatuses;
  return vulnerabilityStatuses.filter((status) => status !== 'fixed');
}

/** Applies severities, statuses and the ignore file, in this order, then removes duplicates and sorts. */
export function filterResults(results: readonly Result[], filter: FindingFilter, now: Date): FilteredResults {
  const ignoreList = filter.ignoreFile && makeIgnoreList(filter.ignoreFile, now);
  const counts = { severity: 0, status: 0, ignored: 0 };
  const filtered = results.map((result) => filterResult(result, { filter, ignoreList, counts }));
  const notes = [
    ...noteOf(counts.severity, 'of other severities than those asked for'),
    ...noteOf(counts.status, 'for their status'),
    ...noteOf(counts.ignored, `because ${filter.ignoreFile?.path} names them`),
    ...(ignoreList?.notes() ?? []),
  ];
  return { results: filtered, notes };
}

type LeftOut = 'severity' | 'status' | 'ignored';

interface Filtering {
  readonly filter: FindingFilter;
  readonly ignoreList: IgnoreList | undefined;
  readonly counts: Record<LeftOut, number>;
}

function filterResult(result: Result, { filter, ignoreList, counts }: Filtering): Result {
  const kept = new Map<string, Finding>();
  const suppressed = new Map<string, SuppressedFinding>();
  const leftOut = new Map<string, LeftOut>();
  for (const finding of result.findings) {
    const key = findingKey(finding);
    const named = ignoreList?.suppress(finding);
    const reason = reasonToLeaveOut(finding, filter) ?? (named && 'ignored');
    if (reason !== undefined) leftOut.set(key, reason);
    if (reason === 'ignored' && named !== undefined) suppressed.set(key, named);
    if (reason === undefined) keepBetter(kept, key, finding);
  }
  // What another source has kept is not left out.
  for (const [key, reason] of leftOut) if (!kept.has(key)) counts[reason]++;
  return {
    ...result,
    findings: [...kept.values()].sort(compareFindings),
    ...(suppressed.size > 0 && { suppressed: joinSuppressed(result.suppressed, suppressed) }),
  };
}

/** A saved report has findings that were left out before. */
function joinSuppressed(
  earlier: readonly SuppressedFinding[] = [],
  suppressed: ReadonlyMap<string, SuppressedFinding>,
): SuppressedFinding[] {
  const others = earlier.filter(({ finding }) => !suppressed.has(findingKey(finding)));
  return [...others, ...suppressed.values()].sort((a, b) => compareFindings(a.finding, b.finding));
}

function reasonToLeaveOut(finding: Finding, filter: FindingFilter): LeftOut | undefined {
  if (!filter.severities.includes(finding.severity)) return 'severity';
  return filter.ignoreStatuses.includes(finding.status) ? 'status' : undefined;
}

/** Two sources of one flaw: the one that asks for the later version is the safer advice. */
function keepBetter(kept: Map<string, Finding>, key: string, finding: Finding): void {
  const known = kept.get(key);
  if (known === undefined || (finding.fixedVersion ?? '') > (known.fixedVersion ?? '')) kept.set(key, finding);
}

function findingKey(finding: Finding): string {
  const { id, name, filePath } = finding.package;
  return [finding.id, id ?? '', name, finding.installedVersion, filePath ?? ''].join('\n');
}

/** By package, then the most severe first. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.package.name, b.package.name) ||
    compareText(a.package.id ?? '', b.package.id ?? '') ||
    compareText(a.installedVersion, b.installedVersion) ||
    severityRank(b.severity) - severityRank(a.severity) ||
    compareText(a.id, b.id) ||
    compareText(a.package.filePath ?? '', b.package.filePath ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function noteOf(count: number, why: string): CoverageNote[] {
  if (count === 0) return [];
  const message = count === 1 ? `1 finding is left out ${why}` : `${count} findings are left out ${why}`;
  return [{ effect: 'note', code: 'filtered', message, data: { count } }];
}
