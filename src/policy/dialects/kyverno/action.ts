import type { Asks } from '../../judge/asks.ts';
import type { Fields } from '../../model/fields.ts';
import { textsAt } from '../../model/json.ts';
import { nameOf } from '../../model/object-name.ts';
import type { Action } from '../../model/policy.ts';
import type { PolicyRequest } from '../../model/request.ts';
import { matchesWildcard } from '../../patterns/wildcard.ts';
import { matchesSelector, readSelector, type Selector } from './match/selector.ts';
import type { ImageEntry } from './verify-images.ts';

const words = ['Audit', 'Enforce'] as const;
type Word = (typeof words)[number];

interface Override {
  readonly action: Word;
  readonly namespaces: readonly string[];
  readonly selector?: Selector;
}

/** What failures of a policy's rules do. */
export interface FailureActions {
  readonly usual: Word;
  readonly overrides: readonly Override[];
  /** `policies.kyverno.io/scored: "false"`: failures that do not deny are warnings. */
  readonly isScored: boolean;
}

/** @throws POLICY_INVALID */
export function readActions(spec: Fields, annotations: Readonly<Record<string, string>>): FailureActions {
  return {
    usual: spec.choice('validationFailureAction', words) ?? 'Audit',
    isScored: annotations['policies.kyverno.io/scored'] !== 'false',
    overrides: spec.items('validationFailureActionOverrides').map((item) => {
      const selector = item.fields('namespaceSelector');
      return {
        action: item.choice('action', words) ?? 'Audit',
        namespaces: item.texts('namespaces'),
        ...(selector !== undefined && { selector: readSelector(selector) }),
      };
    }),
  };
}

/** An entry's own action counts before those for namespaces, and these before the usual one. */
export function chooseAction(
  actions: FailureActions,
  entries: readonly ImageEntry[],
  request: PolicyRequest,
  asks: Asks,
): Action {
  const own = entries.flatMap(({ failureAction }) => failureAction ?? []);
  const override = actions.overrides.find((one) => holdsFor(one, request, asks));
  const word = own.includes('Enforce') ? 'Enforce' : (own[0] ?? override?.action ?? actions.usual);
  if (word === 'Enforce') return 'deny';
  return actions.isScored ? 'audit' : 'warn';
}

/** Where labels cannot be had, what denies holds and what lets in does not. */
function holdsFor({ action, namespaces, selector }: Override, { object }: PolicyRequest, asks: Asks): boolean {
  const { namespace } = nameOf(object);
  if (namespaces.length > 0 && !namespaces.some((pattern) => matchesWildcard(pattern, namespace))) return false;
  if (selector === undefined) return true;
  const fact = asks.ask({ kind: 'object', apiVersion: 'v1', objectKind: 'Namespace', name: namespace });
  if (fact?.kind !== 'object' || fact.object === undefined) return action === 'Enforce';
  return matchesSelector(selector, textsAt(fact.object, 'metadata', 'labels'));
}
