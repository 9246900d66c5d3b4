import { type AppError, type ErrorDetails, makeError } from '../core/index.ts';

export const policyErrors = {
  POLICY_FILE_INVALID: {
    message: '{path} cannot be read: {reason}',
    hint: 'Give a file of YAML or JSON documents.',
  },
  POLICY_INVALID: {
    message: 'The policy {policy} is not valid: {at} {reason}',
    hint: 'Mend the policy; docs/policy.md lists what each dialect allows.',
  },
  POLICY_DIALECT_UNKNOWN: {
    message: '{path} holds no policy of a known dialect',
    hint: 'Known are {dialects}.',
  },
  POLICY_KEY_PLACEHOLDER: {
    message: 'The policy {policy} has "..." in place of a public key at {at}',
    hint: 'Put the key there that images are signed with, for example the content of cosign.pub.',
  },
  POLICY_KEY_INVALID: {
    message: 'The policy {policy} has no public key or certificate at {at}: {reason}',
    hint: 'Put a PEM text there: -----BEGIN PUBLIC KEY----- and what follows.',
  },
  POLICY_VALIDATOR_UNSUPPORTED: {
    message: 'The validator {validator} is of the type {type}, which cannot be verified',
    hint: 'Sign with cosign and use a validator of the type cosign, or decide with a static one.',
  },
  POLICY_VALIDATOR_AMBIGUOUS: {
    message: 'There is no policy section, and none of the {count} validators is named "default"',
    hint: 'Name one of them "default", or add a policy that says which validator holds for which images.',
  },
  POLICY_NOT_CONVERTIBLE: {
    message: '{policy} cannot be converted: {at} {reason}',
    hint: 'Leave that part out, or write it by hand; docs/policy.md tells what is converted.',
  },
  POLICY_CALL_REFUSED: {
    message: '{call} is not called: {reason}',
    hint: 'Decide by the object, its images and what is verified of them; docs/policy.md lists what else can be asked.',
  },
  POLICY_PATTERN_INVALID: {
    message: '"{pattern}" is no pattern: {reason}',
    hint: 'docs/policy.md tells how each dialect writes patterns.',
  },
  POLICY_UNSETTLED: {
    message: 'There is no decision after {rounds} rounds of gathering what the policies ask for',
    hint: 'Take it for a denial; the policies ask for more than any request needs.',
  },
  POLICY_FACT_MISSING: {
    message: '{what} is not known here',
    hint: 'Give the object among the resources, or ask the cluster.',
  },
} as const;

export function policyError(code: keyof typeof policyErrors, details?: ErrorDetails): AppError {
  return makeError(policyErrors, code, details);
}

/** What nobody here can tell. */
export function factMissing(what: string): AppError {
  return policyError('POLICY_FACT_MISSING', { data: { what } });
}
