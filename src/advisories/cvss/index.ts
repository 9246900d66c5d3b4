import type { CvssScores, Severity } from '../../core/index.ts';
import { scoreV2 } from './v2.ts';
import { scoreV3 } from './v3.ts';
import { scoreV4 } from './v4.ts';
import { parseMetrics } from './vector.ts';

/** The vectors with their scores, by version; a vector that is none of CVSS 2.0, 3.0, 3.1 and 4.0 is left out. */
export function scoreVectors(vectors: readonly string[]): CvssScores {
  let scores: CvssScores = {};
  for (const vector of vectors) scores = { ...scores, ...scoreVector(vector) };
  return scores;
}

function scoreVector(vector: string): CvssScores {
  const [, version, text = vector] = /^CVSS:(3\.[01]|4\.0)\/(.*)$/.exec(vector) ?? [];
  const metrics = parseMetrics(version === undefined ? text.replace(/^\((.*)\)$/, '$1') : text);
  if (metrics === undefined) return {};
  if (version === undefined) return withScore(scoreV2(metrics), (v2Score) => ({ v2Vector: vector, v2Score }));
  if (version === '4.0') return withScore(scoreV4(metrics), (v40Score) => ({ v40Vector: vector, v40Score }));
  return withScore(scoreV3(metrics), (v3Score) => ({ v3Vector: vector, v3Score }));
}

function withScore(score: number | undefined, make: (score: number) => CvssScores): CvssScores {
  return score === undefined ? {} : make(score);
}

/** The severity of the newest version there is (qualitative scale, CVSS v4.0 section 6; NVD's for version 2). */
export function rateScores({ v40Score, v3Score, v2Score }: CvssScores): Severity | undefined {
  const score = v40Score ?? v3Score;
  if (score !== undefined && score >= 9) return 'CRITICAL';
  const any = score ?? v2Score;
  if (any === undefined || any === 0) return undefined;
  return any >= 7 ? 'HIGH' : any >= 4 ? 'MEDIUM' : 'LOW';
}
