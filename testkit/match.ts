import type {
  AdvisoryStore,
  CoverageNote,
  Distribution,
  DistributionMatching,
  OperatingSystem,
  Package,
} from '../src/core/index.ts';
import type { Match, StrategyInput } from '../src/match/index.ts';
import { strategies } from '../src/match/registry.ts';
import { versionSchemes } from '../src/versions/registry.ts';

/** What a strategy answers and notes for packages of a system, given what the distribution's descriptor would say. */
export async function runStrategy(input: {
  readonly matching: DistributionMatching;
  readonly packages: readonly Package[];
  readonly store: AdvisoryStore;
  readonly os?: OperatingSystem;
}): Promise<{ matches: readonly Match[]; notes: readonly CoverageNote[] }> {
  const notes: CoverageNote[] = [];
  const strategy = await strategies.get(input.matching.strategy)?.load();
  const order = await versionSchemes.get(input.matching.versionScheme)?.load();
  const given = {
    os: { family: 'test', name: '9.2' },
    ...input,
    order,
    note: (note: CoverageNote) => notes.push(note),
  };
  return { matches: strategy?.(given as StrategyInput) ?? [], notes };
}

/** The matching of a distribution that has one. */
export function matchingOf({ matching }: Distribution): DistributionMatching {
  if (matching === undefined) throw new RangeError('the distribution has no advisories');
  return matching;
}
