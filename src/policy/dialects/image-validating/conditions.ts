import { describeError, isAppError } from '../../../core/index.ts';
import type { Fields } from '../../model/fields.ts';
import { type Bindings, type Compile, type Expression, holds } from './cel/compile.ts';
import { CelFailure } from './cel/failure.ts';

/** @throws POLICY_INVALID */
export function readConditions(fields: Fields, compile: Compile): Expression[] {
  return fields.items('matchConditions').map((item) => compile(item, 'expression'));
}

/** False when one does not hold, whatever the others come to; else why one has no value. */
export function checkConditions(conditions: readonly Expression[], bindings: Bindings): boolean | string {
  let failure: string | undefined;
  for (const condition of conditions) {
    const outcome = attempt(condition, bindings);
    if (outcome === false) return false;
    if (outcome !== true) failure ??= outcome;
  }
  return failure ?? true;
}

function attempt(condition: Expression, bindings: Bindings): boolean | string {
  try {
    return holds(condition, bindings);
  } catch (error) {
    if (error instanceof CelFailure || isAppError(error)) return describeError(error);
    throw error;
  }
}

/** Whether all conditions hold; one without a value does not. */
export function allHold(conditions: readonly Expression[], bindings: Bindings): boolean {
  return checkConditions(conditions, bindings) === true;
}
