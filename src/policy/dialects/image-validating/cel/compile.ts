import { type CelEnv, type CelInput, type CelValue, isCelError, parse, plan } from '@bufbuild/cel';
import { describeError } from '../../../../core/index.ts';
import type { Fields } from '../../../model/fields.ts';
import { CelFailure } from './failure.ts';
import { withMacros } from './macros.ts';
import { withoutOptionalSyntax } from './optionals.ts';

export type Bindings = Readonly<Record<string, CelInput>>;

/** An expression, ready to be worked out. @throws CelFailure */
export type Expression = (bindings: Bindings) => CelValue;

/** Reads the expression that a field has. @throws POLICY_INVALID */
export type Compile = (fields: Fields, name: string) => Expression;

const maxLength = 20_000;

export function makeCompiler(environment: CelEnv): Compile {
  return (fields, name) => {
    const text = fields.required(name);
    if (text.length > maxLength) throw fields.invalid(name, `is longer than ${maxLength} characters`);
    try {
      const run = plan(environment, withMacros(parse(withoutOptionalSyntax(text))));
      return (bindings) => {
        const value = run(bindings);
        if (isCelError(value)) throw new CelFailure(`${text}: ${value.message}`);
        return value;
      };
    } catch (error) {
      throw fields.invalid(name, `is no expression of CEL: ${describeError(error)}`);
    }
  };
}

/** Whether an expression holds. @throws CelFailure, also when it is neither true nor false */
export function holds(expression: Expression, bindings: Bindings): boolean {
  const value = expression(bindings);
  if (typeof value === 'boolean') return value;
  throw new CelFailure('an expression is neither true nor false');
}

/** @throws CelFailure, also when it is no text */
export function textOf(expression: Expression, bindings: Bindings): string {
  const value = expression(bindings);
  if (typeof value === 'string') return value;
  throw new CelFailure('an expression is no text');
}
