import { type PlacedFinding, placedFindings, rankFindings } from '../ranking.ts';
import type { RenderOptions, Report } from '../report.ts';
import { limits } from './limits.ts';
import { countFitting } from './packed-size.ts';

/** The findings of one run; the first has those of the highest rank. */
export interface Part {
  readonly findings: readonly PlacedFinding[];
  /** Counts from 1. */
  readonly number: number;
  readonly of: number;
}

export interface Split {
  readonly parts: readonly Part[];
  readonly total: number;
  /** Findings of the lowest rank, for which there is no room. */
  readonly leftOut: number;
}

/** Findings by rank, in as many runs as they need; under Trivy's name one run, in the order of the results. */
export function splitFindings({ results }: Report, { dialect }: RenderOptions): Split {
  if (dialect === 'trivy') {
    const findings = [...placedFindings(results)];
    return { parts: [{ findings, number: 1, of: 1 }], total: findings.length, leftOut: 0 };
  }
  const ranked = rankFindings(results);
  const kept = ranked.slice(0, Math.min(limits.runs * limits.results, countFitting(ranked)));
  const of = Math.max(1, Math.ceil(kept.length / limits.results));
  const parts = Array.from({ length: of }, (_, index) => ({
    findings: kept.slice(index * limits.results, (index + 1) * limits.results),
    number: index + 1,
    of,
  }));
  return { parts, total: ranked.length, leftOut: ranked.length - kept.length };
}
