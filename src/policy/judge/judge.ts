import { formatImageReference } from '../../core/index.ts';
import { imageSites } from '../images/extract.ts';
import type { Decision, ImagePatch, PolicyName, RuleResult } from '../model/decision.ts';
import type { Facts, Need } from '../model/need.ts';
import { nameOf } from '../model/object-name.ts';
import type { Action, Policy } from '../model/policy.ts';
import type { PolicyRequest } from '../model/request.ts';
import { Asks } from './asks.ts';
import { type JudgedRule, judgeRule } from './rule.ts';

/** A decision, or what must be known before there can be one. */
export type Judgement =
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'needs'; readonly needs: readonly Need[] };

/**
 * Judges a request by policies. Pure: whatever it depends on comes with the facts, and what is missing is asked for.
 * A request is let in when no rule of any policy denies it.
 */
export function judge(request: PolicyRequest, policies: readonly Policy[], facts: Facts): Judgement {
  const asks = new Asks(facts);
  const judged = policies.flatMap((policy) =>
    policy.rules.flatMap((rule) => judgeRule(policy, rule, request, asks) ?? []),
  );
  const { missing } = asks;
  if (missing.length > 0) return { kind: 'needs', needs: missing };
  const verified = new Set(judged.flatMap((rule) => rule.verified ?? []));
  const told = judged.map(({ result, withVerified }) => withVerified?.(verified) ?? result);
  const results = [...told, ...uncovered(request, policies, judged, asks)];
  const allowed = !results.some(({ denies }) => denies);
  const object = nameOf(request.object);
  return { kind: 'decision', decision: { allowed, object, results, patches: allowed ? patchesOf(judged) : [] } };
}

/** Images that no policy of a dialect is about, where the dialect has something to say of those. */
function uncovered(
  request: PolicyRequest,
  policies: readonly Policy[],
  judged: readonly JudgedRule[],
  asks: Asks,
): RuleResult[] {
  const byDialect = Map.groupBy(policies, ({ name }) => name.dialect);
  return [...byDialect].flatMap(([dialect, all]) => {
    const [policy] = all;
    const action = policy?.uncovered?.(request, asks);
    if (policy === undefined || action === undefined) return [];
    const known = new Set(judged.flatMap(({ result, covered }) => (result.policy.dialect === dialect ? covered : [])));
    const volumes = all.some(({ rules }) => rules.some((rule) => 'judge' in rule || rule.places.volumes));
    const texts = new Set(imageSites(request.object, { byKind: {}, volumes }).map(({ text }) => text));
    return [...texts].filter((text) => !known.has(text)).map((text) => toUncovered(policy.name, text, action));
  });
}

function toUncovered({ dialect, kind }: PolicyName, text: string, action: Action): RuleResult {
  return {
    policy: { dialect, kind, name: '*' },
    rule: 'no-match',
    outcome: action === 'warn' ? 'warn' : 'fail',
    denies: action === 'deny',
    message: `no rule is about ${text}`,
    images: [],
  };
}

function patchesOf(judged: readonly JudgedRule[]): ImagePatch[] {
  const patches = new Map<string, string>();
  for (const { image, digest } of judged.flatMap(({ pins }) => pins)) {
    if (image.reference.digest !== undefined) continue;
    const pinned = `${formatImageReference({ tag: 'latest', ...image.reference })}@${digest}`;
    for (const pointer of image.pointers) patches.set(pointer, pinned);
  }
  return [...patches].map(([pointer, image]) => ({ pointer, image }));
}
