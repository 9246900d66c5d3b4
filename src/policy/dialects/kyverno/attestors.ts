import { certificateProof } from '../../model/certificate-key.ts';
import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { Requirement, SignatureRequirement, SignerRule } from '../../model/policy.ts';
import { type AttestorKey, keyTexts } from './key-material.ts';
import { readProof } from './proof.ts';
import { readSigner } from './signer.ts';

/** Which kind of verification an entry of `verifyImages` asks for. */
export type ImageType = 'Cosign' | 'SigstoreBundle';

/** The attestor sets of a list, of which each must be satisfied. @throws POLICY_INVALID, POLICY_KEY_* */
export function readAttestors(fields: Fields, type: ImageType, at = ''): Requirement {
  const sets = fields.items('attestors').map((set, index) => readSet(set, type, `${at}.attestors[${index}]`));
  return { kind: 'group', at: `${at}.attestors`, parts: sets };
}

/** A set needs `count` of its entries; all of them when there is no count. */
function readSet(fields: Fields, type: ImageType, at: string): Requirement {
  const count = fields.integer('count', 0);
  const parts = fields.items('entries').flatMap((entry, index) => readEntry(entry, type, `${at}.entries[${index}]`));
  if (parts.length === 0) throw fields.invalid('entries', 'is empty');
  if (count !== undefined && count > parts.length) throw fields.invalid('count', 'is more than there are entries');
  return { kind: 'group', at, parts, ...(count !== undefined && count > 0 && { atLeast: count }) };
}

/** Usually one requirement; a text with several keys stands for as many entries. */
function readEntry(fields: Fields, type: ImageType, at: string): readonly Requirement[] {
  const kind = fields.oneOf('keys', 'certificates', 'keyless', 'attestor');
  const inner = fields.fields(kind);
  if (inner === undefined) throw fields.invalid(kind, 'is missing');
  if (kind === 'attestor') return [readSet(inner, type, `${at}.attestor`)];
  const make = (proof: Proof, signer?: SignerRule): SignatureRequirement => ({
    ...shared(fields, type),
    kind: 'signature',
    at: `${at}.${kind}`,
    proof,
    ...(signer !== undefined && { signer }),
  });
  const proof = readProof(inner, fields);
  switch (kind) {
    case 'keys':
      return keyTexts(inner).map((key) => keyRequirement(key, make, proof));
    case 'certificates':
      return [make({ ...proof, ...certificateProof(inner) })];
    case 'keyless': {
      const authorities = inner.text('roots');
      const by = { kind: 'certificate' as const };
      return [make({ ...proof, by, ...(authorities ? { authorities } : {}) }, readSigner(inner))];
    }
  }
}

function keyRequirement(
  key: AttestorKey,
  make: (proof: Proof) => SignatureRequirement,
  proof: Omit<Proof, 'by'>,
): Requirement {
  switch (key.kind) {
    case 'pem':
      return make({ ...proof, by: { kind: 'key', pem: key.pem } });
    case 'secret': {
      const { namespace, name } = key;
      return { ...make({ ...proof, by: { kind: 'key', pem: '' } }), keyFrom: { namespace, name } };
    }
    case 'absent':
      return {
        kind: 'static',
        at: make({ ...proof, by: { kind: 'key', pem: '' } }).at,
        holds: false,
        message: key.reason,
      };
  }
}

function shared(fields: Fields, type: ImageType): Pick<SignatureRequirement, 'annotations' | 'repository' | 'counts'> {
  const repository = fields.text('repository');
  return {
    annotations: fields.textMap('annotations'),
    ...(repository ? { repository } : {}),
    ...(type === 'SigstoreBundle' && { counts: 'any' }),
  };
}
