import { search as searchJson } from '@aws-lambda-powertools/jmespath';
import type { JSONObject } from '@aws-lambda-powertools/jmespath/types';
import { describeError } from '../../../../core/index.ts';
import type { Scope } from '../../../model/policy.ts';
import { KyvernoFunctions } from './functions.ts';
import { Unresolved } from './unresolved.ts';

const maxExpression = 20_000;

/** What an expression of JMESPath with Kyverno's functions finds; undefined or null when nothing. @throws Unresolved */
export function search(expression: string, { values, now }: Scope): unknown {
  if (expression.length > maxExpression) throw new Unresolved('an expression is too long');
  const functions = new KyvernoFunctions(now);
  try {
    const found: unknown = searchJson(expression, values as JSONObject, { customFunctions: functions });
    // The library takes what a function throws for nothing found.
    if (functions.failure === undefined) return found;
  } catch (error) {
    throw new Unresolved(`{{ ${expression} }}: ${describeError(error)}`);
  }
  throw new Unresolved(`{{ ${expression} }}: ${functions.failure}`);
}
