import type { Finding } from '../../model/decision.ts';
import type { Fields } from '../../model/fields.ts';
import type { AttestationRequirement, Requirement, Scope, StatementFacts } from '../../model/policy.ts';
import { type ImageType, readAttestors } from './attestors.ts';
import { imageValue } from './scope/images-value.ts';
import { type Conditions, checkConditions, describeCondition, readConditionBlocks } from './values/conditions.ts';

/** The attestations of an entry: of each, accepted signers must have made one, and all of them meet the conditions. */
export function readAttestations(fields: Fields, type: ImageType): AttestationRequirement[] {
  return fields.items('attestations').map((item, index) => {
    const predicateType = item.text('type') ?? item.required('predicateType');
    const at = `.attestations[${index}]`;
    const blocks = readConditionBlocks(item, 'conditions');
    return {
      kind: 'attestation',
      at,
      predicateType,
      by: signersOf(item, type, at),
      every: true,
      ...(blocks.length > 0 && { conditions: (statement) => failureOf(blocks, statement) }),
    };
  });
}

/** Without attestors anyone with a certificate of a trusted authority may have made the statement. */
function signersOf(item: Fields, type: ImageType, at: string): Requirement {
  if (item.list('attestors').length > 0) return readAttestors(item, type, at);
  const proof = { by: { kind: 'certificate' }, log: { required: true }, certificateLog: { required: true } } as const;
  return { kind: 'signature', at: `${at}.attestors`, proof };
}

function failureOf(blocks: readonly Conditions[], statement: StatementFacts): Finding | undefined {
  const scope = statementScope(statement);
  for (const block of blocks) {
    const outcome = checkConditions(block, scope);
    if (outcome.kind === 'unresolved') return { code: 'variable-unresolved', message: outcome.message };
    if (outcome.kind === 'met') continue;
    const message = outcome.condition === undefined ? 'conditions are not met' : describeCondition(outcome.condition);
    return { code: 'condition-unmet', message };
  }
  return undefined;
}

/** The predicate's members are variables; those of the request come first, so that no statement can stand in for it. */
function statementScope({ predicate, image, scope }: StatementFacts): Scope {
  return { ...scope, values: { ...predicate, ...scope.values, image: imageValue(image) } };
}
