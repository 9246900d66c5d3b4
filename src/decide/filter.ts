import type { Finding, Severity, VulnerabilityStatus } from '../core/index.ts';
import { severityRank } from '../core/index.ts';

export interface FindingFilter {
  /** Severities that count; others are left out. */
  readonly severities: readonly Severity[];
  readonly ignoreStatuses: readonly VulnerabilityStatus[];
}

/** Findings that pass the filter, without duplicates, in report order. */
export function filterFindings(findings: readonly Finding[], filter: FindingFilter): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    if (!filter.severities.includes(finding.severity) || filter.ignoreStatuses.includes(finding.status)) continue;
    const key = findingKey(finding);
    const known = kept.get(key);
    // Two sources of one flaw: the one that asks for the later version is the safer advice.
    if (known === undefined || (finding.fixedVersion ?? '') > (known.fixedVersion ?? '')) kept.set(key, finding);
  }
  return [...kept.values()].sort(compareFindings);
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
