import { describeError } from '../../../../core/index.ts';
import type { Fields } from '../../../model/fields.ts';
import { isObject, type Json } from '../../../model/json.ts';
import type { Scope } from '../../../model/policy.ts';
import { findOperator } from './operators.ts';
import { Unresolved, Untold } from './unresolved.ts';
import { substitute } from './variables.ts';

/** Conditions of Kyverno: all of `all`, and any of `any`. */
export interface Conditions {
  readonly all: readonly Condition[];
  /** Undefined when there is no such list. */
  readonly any?: readonly Condition[];
}

export interface Condition {
  readonly key: Json;
  readonly operator: string;
  readonly value: Json;
  readonly message?: string;
}

/** What conditions came to; `unresolved` when a variable has no value, or has one that was not told. */
export type ConditionsOutcome =
  | { readonly kind: 'met' }
  | { readonly kind: 'unmet'; readonly condition: Condition | undefined }
  | { readonly kind: 'unresolved'; readonly message: string; readonly isUntold: boolean };

/** Reads `{any: […], all: […]}` or, as in older policies, a list that stands for `all`. @throws POLICY_INVALID */
export function readConditions(fields: Fields, name: string): Conditions | undefined {
  const raw = fields.raw(name);
  if (raw === undefined) return undefined;
  if (Array.isArray(raw)) return { all: fields.items(name).map(readCondition) };
  const inner = fields.fields(name);
  if (inner === undefined) return undefined;
  return {
    all: inner.items('all').map(readCondition),
    ...(inner.has('any') && { any: inner.items('any').map(readCondition) }),
  };
}

/** A list of blocks `{any: […], all: […]}`, of which each must hold. @throws POLICY_INVALID */
export function readConditionBlocks(fields: Fields, name: string): Conditions[] {
  return fields.items(name).map((block) => ({
    all: block.items('all').map(readCondition),
    ...(block.has('any') && { any: block.items('any').map(readCondition) }),
  }));
}

function readCondition(fields: Fields): Condition {
  const operator = fields.required('operator');
  if (findOperator(operator) === undefined) throw fields.invalid('operator', `"${operator}" is no operator`);
  const message = fields.text('message');
  return {
    key: fields.raw('key') ?? null,
    operator,
    value: fields.raw('value') ?? null,
    ...(message !== undefined && { message }),
  };
}

/** Whether conditions are met. What has no value cannot be met; what is not told counts where nothing else decides. */
export function checkConditions({ all, any = [] }: Conditions, scope: Scope): ConditionsOutcome {
  try {
    const every = firstWith(false, all, scope);
    if (every.found !== undefined) return { kind: 'unmet', condition: every.found };
    const some = firstWith(true, any, scope);
    // An empty list of alternatives holds, as in Kyverno.
    const isAny = any.length === 0 || some.found !== undefined;
    const untold = every.untold ?? (isAny ? undefined : some.untold);
    if (untold !== undefined) return { kind: 'unresolved', message: describeError(untold), isUntold: true };
    return isAny ? { kind: 'met' } : { kind: 'unmet', condition: any[0] };
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return { kind: 'unresolved', message: describeError(error), isUntold: false };
  }
}

/** The first condition that comes to this, and why one before it could not be told. @throws Unresolved */
function firstWith(
  wanted: boolean,
  conditions: readonly Condition[],
  scope: Scope,
): { readonly found?: Condition; readonly untold?: Untold } {
  let untold: Untold | undefined;
  for (const condition of conditions) {
    const held = isMet(condition, scope);
    if (held === wanted) return { found: condition };
    if (held instanceof Untold) untold ??= held;
  }
  return untold === undefined ? {} : { untold };
}

function isMet({ key, operator, value }: Condition, scope: Scope): boolean | Untold {
  try {
    return findOperator(operator)?.(substitute(key, scope), substitute(value, scope)) ?? false;
  } catch (error) {
    if (error instanceof Untold) return error;
    throw error;
  }
}

/** A condition in words. */
export function describeCondition({ key, operator, value, message }: Condition): string {
  return message ?? `${toText(key)} ${operator} ${toText(value)} does not hold`;
}

function toText(value: Json): string {
  return typeof value === 'string'
    ? value
    : isObject(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : `${value}`;
}
