import type { CelInput } from '@bufbuild/cel';
import { type AppError, describeError } from '../core/index.ts';
import type { Statement } from '../envelope/index.ts';
import { type Reason, toReason } from './answer.ts';
import { verifyError } from './errors.ts';

/** What a statement must say. */
export interface Condition {
  /** For people: the file that it was read from. */
  readonly name: string;
  /** Why the statement does not fulfil it; undefined when it does. */
  readonly reject: (statement: Statement) => AppError | undefined;
}

/** An expression in CEL over `predicate`, `predicateType` and `subject`, which must be true. @throws VERIFY_CONDITION_INVALID */
export async function parseCondition(text: string, name: string): Promise<Condition> {
  const { celEnv, isCelError, parse, plan } = await import('@bufbuild/cel');
  const evaluate = attempt(
    () => plan(celEnv(), parse(text)),
    (reason) => verifyError('VERIFY_CONDITION_INVALID', { data: { name, reason } }),
  );
  const failed = (reason: string): AppError => verifyError('VERIFY_CONDITION_FAILED', { data: { name, reason } });
  return {
    name,
    reject: (statement) => {
      try {
        const result = evaluate(bindingsOf(statement));
        if (result === true) return undefined;
        if (isCelError(result)) return failed(result.message);
        return failed(result === false ? 'it is false' : 'it is neither true nor false');
      } catch (error) {
        return failed(describeError(error));
      }
    },
  };
}

/** Every condition that a statement does not fulfil; without a statement none is fulfilled. */
export function unfulfilled(statement: Statement | undefined, conditions: readonly Condition[]): Reason[] {
  return conditions.flatMap(({ name, reject }) => {
    const error =
      statement === undefined
        ? verifyError('VERIFY_CONDITION_FAILED', { data: { name, reason: 'there is no statement' } })
        : reject(statement);
    return error === undefined ? [] : [toReason(error)];
  });
}

function attempt<T>(work: () => T, toError: (reason: string) => AppError): T {
  try {
    return work();
  } catch (error) {
    throw toError(describeError(error));
  }
}

function bindingsOf({ predicate, predicateType, subjects }: Statement): Record<string, CelInput> {
  return { predicate: toCel(predicate), predicateType, subject: toCel(subjects) };
}

/** JSON as CEL has it: numbers are doubles, and only what an object itself holds is there. */
function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
