import type { Decision, RuleResult } from '../model/decision.ts';
import { formatPolicyName } from '../output/report.ts';
import type { Expectation } from './test-file.ts';

/** What became of one expectation. */
export interface TestCase extends Expectation {
  readonly passes: boolean;
  /** In Kyverno's words. */
  readonly reason: string;
}

/** Holds expectations against decisions. A rule that says nothing of a resource is what `skip` expects. */
export function checkExpectations(expectations: readonly Expectation[], decisions: readonly Decision[]): TestCase[] {
  return expectations.map((expectation) => ({ ...expectation, ...check(expectation, decisions) }));
}

function check(expectation: Expectation, decisions: readonly Decision[]): Pick<TestCase, 'passes' | 'reason'> {
  const about = decisions.filter((decision) => isAbout(expectation, decision));
  if (about.length === 0) return { passes: false, reason: 'Not found' };
  const results = about.flatMap((decision) => decision.results.filter((result) => isOf(expectation, result)));
  if (results.length === 0) {
    return expectation.outcome === 'skip'
      ? { passes: true, reason: 'Excluded' }
      : { passes: false, reason: 'Not found' };
  }
  const wrong = results.find(({ outcome }) => outcome !== expectation.outcome);
  if (wrong === undefined) return { passes: true, reason: 'Ok' };
  return { passes: false, reason: `Want ${expectation.outcome}, got ${wrong.outcome}: ${wrong.message}` };
}

function isAbout({ resource, kind }: Expectation, { object }: Decision): boolean {
  const isNamed = resource === object.name || resource === `${object.namespace || 'default'}/${object.name}`;
  return isNamed && (kind === undefined || kind === object.kind);
}

/** Rules that were made of another one answer to its name. */
function isOf({ policy, rule }: Expectation, result: RuleResult): boolean {
  const isPolicy = policy === formatPolicyName(result.policy) || policy === result.policy.name;
  const names = rule === undefined ? [result.rule] : [rule, `autogen-${rule}`, `autogen-cronjob-${rule}`];
  return isPolicy && names.some((name) => name.slice(0, 63) === result.rule);
}
