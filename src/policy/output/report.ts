import { type Decision, type Outcome, outcomes, type PolicyName, type RuleResult } from '../model/decision.ts';
import type { Policy } from '../model/policy.ts';
import type { ObjectName } from '../model/request.ts';

/** What policies say of objects. */
export interface PolicyReport {
  readonly at: Date;
  readonly policies: readonly Policy[];
  readonly decisions: readonly Decision[];
}

/** Results by what they came to. */
export function countOutcomes({ decisions }: Pick<PolicyReport, 'decisions'>): Record<Outcome, number> {
  const all = decisions.flatMap(({ results }) => results);
  const counts = outcomes.map((outcome) => [outcome, all.filter((result) => result.outcome === outcome).length]);
  return Object.fromEntries(counts);
}

/** `namespace/name`, the namespace only of policies that hold for one. */
export function formatPolicyName({ namespace, name }: PolicyName): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Every result with the object that it is about. */
export function* resultsOf({
  decisions,
}: Pick<PolicyReport, 'decisions'>): Generator<{ readonly object: ObjectName; readonly result: RuleResult }> {
  for (const { object, results } of decisions) for (const result of results) yield { object, result };
}
