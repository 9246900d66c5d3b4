import { policyError } from '../../../errors.ts';

/** Why an expression has no value. */
export class CelFailure extends RangeError {}

/** What is said of a call that nobody answers here. */
export function callRefused(call: string, reason: string): CelFailure {
  const { code, message } = policyError('POLICY_CALL_REFUSED', { data: { call, reason } });
  return new CelFailure(`${message} (${code})`);
}
