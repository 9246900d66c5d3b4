import type { Asks } from '../../judge/asks.ts';
import { Fields } from '../../model/fields.ts';
import type { JsonObject } from '../../model/json.ts';
import { textAt } from '../../model/json.ts';
import type { Scope } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { matchesWildcard } from '../../patterns/wildcard.ts';
import { type Filters, matchesFilters, readFilters } from './match/match.ts';
import { type Conditions, checkConditions, readConditions } from './values/conditions.ts';

/** A PolicyException (kyverno.io/v2). */
export interface PolicyException {
  readonly name: string;
  readonly match: Filters;
  readonly conditions?: Conditions;
  readonly rules: readonly { readonly policy: string; readonly names: readonly string[] }[];
}

/** @throws POLICY_INVALID */
export function readException(document: JsonObject): PolicyException {
  const name = textAt(document, 'metadata', 'name') ?? 'without a name';
  const spec = new Fields(document, name).fields('spec');
  const match = readFilters(spec?.fields('match'));
  if (spec === undefined || match === undefined) throw new Fields(document, name).invalid('spec.match', 'is missing');
  const conditions = readConditions(spec, 'conditions');
  return {
    name,
    match,
    rules: spec
      .items('exceptions')
      .map((item) => ({ policy: item.required('policyName'), names: item.texts('ruleNames') })),
    ...(conditions !== undefined && { conditions }),
  };
}

/** The exception that frees a request from a rule; policies for one namespace are named with it. */
export function findException(
  exceptions: readonly PolicyException[],
  rule: { readonly policy: string; readonly name: string },
  { request, scope, asks }: { readonly request: PolicyRequest; readonly scope: Scope; readonly asks: Asks },
): PolicyException | undefined {
  return exceptions.find(
    ({ rules, match, conditions }) =>
      rules.some(
        ({ policy, names }) => policy === rule.policy && names.some((name) => matchesWildcard(name, rule.name)),
      ) &&
      matchesFilters(match, request, asks, false) === true &&
      (conditions === undefined || checkConditions(conditions, scope).kind === 'met'),
  );
}
