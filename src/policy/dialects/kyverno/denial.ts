import type { Fields } from '../../model/fields.ts';
import type { AttestationRequirement, DenialRequirement } from '../../model/policy.ts';
import { imageValue } from './scope/images-value.ts';
import { checkConditions, readConditions } from './values/conditions.ts';

/** `validate.deny` of an entry: conditions over named attestations that must not be met. @throws POLICY_INVALID */
export function readDenial(fields: Fields, attestations: readonly AttestationRequirement[]): DenialRequirement[] {
  const validate = fields.fields('validate');
  const deny = validate?.fields('deny');
  const conditions = deny === undefined ? undefined : readConditions(deny, 'conditions');
  if (validate === undefined) return [];
  if (conditions === undefined) throw validate.invalid('deny.conditions', 'is missing');
  const named = fields.items('attestations').flatMap((item, index) => {
    const [name, attestation] = [item.text('name'), attestations[index]];
    return name && attestation !== undefined ? [[name, attestation] as const] : [];
  });
  const message = validate.text('message') || 'the conditions of validate.deny are met';
  return [
    {
      kind: 'denial',
      at: '.validate.deny',
      attestations: Object.fromEntries(named),
      check: (predicates, image, scope) => {
        const values = { ...predicates, ...scope.values, image: imageValue(image) };
        const outcome = checkConditions(conditions, { ...scope, values });
        if (outcome.kind === 'unmet') return undefined;
        if (outcome.kind === 'met') return { code: 'denied', message };
        return { code: 'variable-unresolved', message: outcome.message };
      },
    },
  ];
}
