import type { PlacedFinding } from '../ranking.ts';
import type { RenderOptions } from '../report.ts';
import { toRule } from './rule.ts';

/** The rules of one run, in the order of their first results. */
export interface Rules {
  readonly indexOf: (id: string) => number;
  readonly described: () => Iterable<Record<string, unknown>>;
}

/**
 * A rule for each vulnerability. Its worst finding describes it, so that no list sorted by rule puts it too low; under
 * Trivy's name its last.
 */
export function collectRules(findings: readonly PlacedFinding[], options: Pick<RenderOptions, 'dialect'>): Rules {
  const describing = new Map<string, PlacedFinding>();
  const indexes = new Map<string, number>();
  for (const placed of findings) {
    const { id } = placed.finding;
    if (!indexes.has(id)) indexes.set(id, indexes.size);
    if (options.dialect === 'trivy' || !describing.has(id)) describing.set(id, placed);
  }
  return {
    indexOf: (id) => indexes.get(id) ?? -1,
    described: () => describing.values().map(({ finding, result }) => toRule(finding, result.class, options)),
  };
}
