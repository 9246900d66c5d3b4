import { type Finding, type Severity, severities } from '../../core/index.ts';

/** The findings of each severity that was asked for, for example `MEDIUM: 0, HIGH: 2`. */
export function countBySeverity(findings: readonly Finding[], selected: readonly Severity[]): string {
  return severities
    .filter((severity) => selected.includes(severity))
    .map((severity) => `${severity}: ${findings.filter((finding) => finding.severity === severity).length}`)
    .join(', ');
}
