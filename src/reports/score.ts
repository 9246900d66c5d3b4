import type { CvssScores, Finding, Severity } from '../core/index.ts';

const severityScores: Readonly<Record<Severity, number>> = {
  CRITICAL: 9.5,
  HIGH: 8,
  MEDIUM: 5.5,
  LOW: 2,
  UNKNOWN: 0,
};

/** 0 to 10: the CVSS 3 score of the source that judged the severity, else one in the middle of the severity. */
export function toScore(finding: Finding): number {
  return judgedScores(finding)?.v3Score || severityScores[finding.severity];
}

/** What the source that judged the severity says of it. */
export function judgedScores({ cvss, severitySource }: Finding): CvssScores | undefined {
  return severitySource === undefined ? undefined : cvss?.[severitySource];
}
