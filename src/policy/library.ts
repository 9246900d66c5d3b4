import type { Decision } from './model/decision.ts';
import type { Policy } from './model/policy.ts';
import { renderExplanation } from './output/explain.ts';
import { type PolicyText, parsePolicies } from './parse-policies.ts';
import { dialects } from './registry.ts';

/** The policies of texts in any known dialect, ready to be judged by. @throws POLICY_* */
export function readPolicies(texts: readonly PolicyText[]): Promise<readonly Policy[]> {
  return parsePolicies(texts, dialects.all);
}

/** Decisions in words: every rule with its demands as a tree, and what each signature came to. */
export function explainDecisions(decisions: readonly Decision[]): string {
  return renderExplanation({ decisions });
}
