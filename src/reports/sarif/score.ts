import type { CvssScores, Finding, Severity } from '../../core/index.ts';

/** SARIF 2.1.0 section 3.27.10. */
export function toLevel(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'CRITICAL' || severity === 'HIGH') return 'error';
  return severity === 'MEDIUM' ? 'warning' : 'note';
}

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

/** The scores and vectors of the source that judged the severity, in the order of their names. */
export function toCvssProperties(finding: Finding): Record<string, unknown> {
  const scores = judgedScores(finding);
  const properties = {
    cvssv2_score: scores?.v2Score,
    cvssv2_vector: scores?.v2Vector,
    cvssv3_baseScore: scores?.v3Score,
    cvssv3_vector: scores?.v3Vector,
    cvssv40_baseScore: scores?.v40Score,
    cvssv40_vector: scores?.v40Vector,
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value));
}

function judgedScores({ cvss, severitySource }: Finding): CvssScores | undefined {
  return severitySource === undefined ? undefined : cvss?.[severitySource];
}
