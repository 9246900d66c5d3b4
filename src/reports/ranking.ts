import { type Finding, type Result, severityRank } from '../core/index.ts';
import { toScore } from './score.ts';

/** A finding with the result that it belongs to. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly result: Result;
}

/** Findings in the order of their results. */
export function* placedFindings(results: readonly Result[]): Generator<PlacedFinding, void, undefined> {
  for (const result of results) for (const finding of result.findings) yield { finding, result };
}

/** What to look at first: the most severe, of those what has a fix, of those the highest score; else as found. */
export function rankFindings(results: readonly Result[]): PlacedFinding[] {
  const ranked = [...placedFindings(results)].map((placed) => ({ placed, weight: weigh(placed.finding) }));
  return ranked.sort((a, b) => b.weight - a.weight).map(({ placed }) => placed);
}

/** Scores go up to 10. */
function weigh(finding: Finding): number {
  return severityRank(finding.severity) * 1000 + (finding.fixedVersion ? 100 : 0) + toScore(finding);
}
