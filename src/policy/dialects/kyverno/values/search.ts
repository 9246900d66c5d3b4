import { search as searchJson } from '@aws-lambda-powertools/jmespath';
import type { JSONObject } from '@aws-lambda-powertools/jmespath/types';
import { describeError } from '../../../../core/index.ts';
import type { Scope } from '../../../model/policy.ts';
import { KyvernoFunctions } from './functions.ts';
import { Unresolved } from './unresolved.ts';
import { watchUntold } from './untold.ts';

const maxExpression = 20_000;

/** What an expression of JMESPath with Kyverno's functions finds; undefined or null when nothing. @throws Unresolved */
export function search(expression: string, scope: Scope): unknown {
  if (expression.length > maxExpression) throw new Unresolved('an expression is too long');
  const functions = new KyvernoFunctions(scope.now);
  const watched = watchUntold(scope);
  try {
    const found: unknown = searchJson(expression, watched.values as JSONObject, { customFunctions: functions });
    watched.assertTold(found);
    // The library takes what a function throws for nothing found.
    if (functions.failure === undefined) return found;
  } catch (error) {
    watched.assertTold(undefined);
    throw new Unresolved(`{{ ${expression} }}: ${describeError(error)}`);
  }
  throw new Unresolved(`{{ ${expression} }}: ${functions.failure}`);
}
