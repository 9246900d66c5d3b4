import { certificateProof } from '../../model/certificate-key.ts';
import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { Requirement, SignatureRequirement, SignerRule } from '../../model/policy.ts';
import { absentKey, readPublicKey } from '../../model/public-key.ts';
import { type Bindings, type Compile, textOf } from './cel/compile.ts';

/** Who must have signed, without what logs must have. */
export interface SignerPart {
  readonly proof: Pick<Proof, 'by' | 'authorities'>;
  readonly signer?: SignerRule;
}

export interface Signer {
  /** Whether it can be told without a request. */
  readonly isFixed: boolean;
  readonly requirement: (bindings: Bindings, make: (part: SignerPart) => SignatureRequirement) => Requirement;
}

/** A text of a policy, or an expression that tells it. */
interface Told {
  readonly isFixed: boolean;
  readonly text: (bindings: Bindings) => string;
}

/** Reads `{value}` or `{expression}`. @throws POLICY_INVALID */
export function readText(fields: Fields, name: string, compile: Compile): Told | undefined {
  const inner = fields.fields(name);
  if (inner === undefined) return undefined;
  if (inner.oneOf('value', 'expression') === 'value') {
    const value = inner.required('value');
    return { isFixed: true, text: () => value };
  }
  const expression = compile(inner, 'expression');
  return { isFixed: false, text: (bindings) => textOf(expression, bindings) };
}

/** @throws POLICY_INVALID, POLICY_KEY_* */
export function readKey(cosign: Fields, compile: Compile): Signer {
  const key = cosign.fields('key') ?? cosign;
  key.choice('hashAlgorithm', ['sha224', 'sha256', 'sha384', 'sha512']);
  const kind = key.oneOf('data', 'kms', 'expression');
  const of = (pem: string, make: (part: SignerPart) => SignatureRequirement): Requirement =>
    make({ proof: { by: { kind: 'key', pem: readPublicKey(key, kind, pem) } } });
  if (kind === 'expression') {
    const expression = compile(key, 'expression');
    return { isFixed: false, requirement: (bindings, make) => of(textOf(expression, bindings), make) };
  }
  if (kind === 'data') {
    const pem = key.required('data');
    return { isFixed: true, requirement: (_, make) => of(pem, make) };
  }
  const message = absentKey(key.required('kms'));
  return { isFixed: true, requirement: () => ({ kind: 'static', at: key.path, holds: false, message }) };
}

/** A certificate and the chain that vouches for it, or a chain alone, which is whom to trust. @throws POLICY_INVALID, POLICY_KEY_* */
export function readCertificate(cosign: Fields, compile: Compile): Signer {
  const fields = cosign.fields('certificate') ?? cosign;
  const [cert, certChain] = [readText(fields, 'cert', compile), readText(fields, 'certChain', compile)];
  return {
    isFixed: (cert?.isFixed ?? true) && (certChain?.isFixed ?? true),
    requirement: (bindings, make) => {
      const told = fields.with('cert', cert?.text(bindings) ?? '').with('certChain', certChain?.text(bindings) ?? '');
      return make({ proof: certificateProof(told) });
    },
  };
}
