import type { Finding, Severity } from '../../core/index.ts';
import { judgedScores } from '../score.ts';

/** SARIF 2.1.0 section 3.27.10. */
export function toLevel(severity: Severity): 'error' | 'warning' | 'note' {
  if (severity === 'CRITICAL' || severity === 'HIGH') return 'error';
  return severity === 'MEDIUM' ? 'warning' : 'note';
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
