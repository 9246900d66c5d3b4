/** Severities from least to most severe; the index is the number that Trivy's database stores. */
export const severities = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

export type Severity = (typeof severities)[number];

export function isSeverity(text: string): text is Severity {
  return (severities as readonly string[]).includes(text);
}

/** The severity that a database number stands for; anything else is UNKNOWN. */
export function severityFromNumber(value: number): Severity {
  return severities[value] ?? 'UNKNOWN';
}

/** 0 for UNKNOWN up to 4 for CRITICAL. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
