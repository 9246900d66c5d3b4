import { describeError } from '../../../core/index.ts';
import type { Compat } from '../../compat.ts';
import type { Asks } from '../../judge/asks.ts';
import type { Fields } from '../../model/fields.ts';
import { nameOf } from '../../model/object-name.ts';
import type { Applicability, Rule, Scope } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { chooseAction, type FailureActions } from './action.ts';
import { findException, type PolicyException } from './exceptions.ts';
import { readPlaces } from './extractors.ts';
import { type Filters, matchesFilters, readFilters } from './match/match.ts';
import { type ContextEntry, readContext, withContext } from './scope/context.ts';
import { requestScope } from './scope/request-scope.ts';
import { type Conditions, checkConditions, readConditions } from './values/conditions.ts';
import { Unresolved, Untold } from './values/unresolved.ts';
import { demandsOf, type ImageEntry } from './verify-images.ts';

/** What a rule has from its policy. */
export interface PolicySetting {
  /** `namespace/name` for policies of one namespace. */
  readonly key: string;
  readonly namespace?: string;
  readonly actions: FailureActions;
  readonly exceptions: readonly PolicyException[];
  readonly compat: Compat;
  readonly failsOpen: boolean;
}

interface Guard {
  readonly name: string;
  readonly match: Filters;
  readonly exclude: Filters | undefined;
  readonly context: readonly ContextEntry[];
  readonly preconditions: Conditions | undefined;
}

/** A rule with `verifyImages`. @throws POLICY_INVALID */
export function readRule(fields: Fields, entries: readonly ImageEntry[], setting: PolicySetting): Rule {
  const match = readFilters(fields.fields('match'));
  if (match === undefined) throw fields.invalid('match', 'is missing');
  const guard: Guard = {
    name: fields.required('name'),
    match,
    exclude: readFilters(fields.fields('exclude')),
    context: fields.items('context').map(readContext),
    preconditions: readConditions(fields, 'preconditions'),
  };
  return {
    name: guard.name,
    applies: (request, asks) => applies(guard, setting, request, asks),
    demandsOf: (image) => demandsOf(entries, image),
    places: readPlaces(fields.fields('imageExtractors'), !setting.compat('kyverno.image-volumes')),
    actionFor: (request, asks) => chooseAction(setting.actions, entries, request, asks),
    failsOpen: setting.failsOpen,
  };
}

/** While something must be known first the rule says nothing; it is asked again then. */
function applies(guard: Guard, setting: PolicySetting, request: PolicyRequest, asks: Asks): Applicability {
  const { namespace, kind } = nameOf(request.object);
  if (request.operation === 'DELETE') return { kind: 'no' };
  if (setting.namespace !== undefined && (setting.namespace !== namespace || kind === 'Namespace'))
    return { kind: 'no' };
  if (matchesFilters(guard.match, request, asks, true) !== true) return { kind: 'no' };
  if (guard.exclude !== undefined && matchesFilters(guard.exclude, request, asks, false) !== false)
    return { kind: 'no' };
  return inScope(guard, setting, request, asks);
}

function inScope(guard: Guard, setting: PolicySetting, request: PolicyRequest, asks: Asks): Applicability {
  const scope = requestScope(request);
  const rule = { policy: setting.key, name: guard.name };
  const exception = findException(setting.exceptions, rule, { request, scope, asks });
  if (exception !== undefined) {
    return { kind: 'skip', message: `rule is skipped due to policy exception ${exception.name}` };
  }
  try {
    const full = withContext(guard.context, scope, asks);
    return full === undefined ? { kind: 'no' } : underConditions(guard.preconditions, full);
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return { kind: 'error', message: describeError(error), ...(error instanceof Untold && { denies: true }) };
  }
}

/** A rule whose conditions hang on what is not told is about the request. */
function underConditions(conditions: Conditions | undefined, scope: Scope): Applicability {
  if (conditions === undefined) return { kind: 'yes', scope };
  const outcome = checkConditions(conditions, scope);
  if (outcome.kind === 'unresolved' && !outcome.isUntold) return { kind: 'error', message: outcome.message };
  return outcome.kind === 'unmet' ? { kind: 'skip', message: 'preconditions not met' } : { kind: 'yes', scope };
}
