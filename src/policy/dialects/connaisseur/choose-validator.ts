import { policyError } from '../../errors.ts';
import type { Validator } from './validator.ts';

/** Without a policy section the one validator holds for everything, or the one that is named so. @throws POLICY_VALIDATOR_AMBIGUOUS */
export function chooseValidator(validators: readonly Validator[]): Validator {
  const [only] = validators;
  const found = validators.length === 1 ? only : validators.find(({ name }) => name === 'default');
  if (found !== undefined) return found;
  throw policyError('POLICY_VALIDATOR_AMBIGUOUS', { data: { count: validators.length } });
}
