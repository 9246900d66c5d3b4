import { policyError } from '../errors.ts';

/** An error about a part of one policy. */
export type RefusePart = (at: string, reason: string) => Error;

/** What is said of a part that has no counterpart. */
export function notConvertible(policy: string, at: string, reason: string): Error {
  return policyError('POLICY_NOT_CONVERTIBLE', { data: { policy, at, reason } });
}
