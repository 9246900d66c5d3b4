import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { Requirement, SignerRule, TextPattern } from '../../model/policy.ts';
import { absentKey, readPublicKey } from '../../model/public-key.ts';
import { compilePattern } from '../../patterns/regexp.ts';

/** Someone whose signature counts; what logs must have is added by the rule. */
export interface TrustRoot {
  readonly name: string;
  readonly requirement: (proof: Omit<Proof, 'by'>) => Requirement;
}

/** @throws POLICY_INVALID, POLICY_KEY_PLACEHOLDER, POLICY_KEY_INVALID */
export function readTrustRoot(fields: Fields): TrustRoot {
  const [other] = fields.others('name', 'key', 'cert', 'keyless', 'tsCert');
  if (other !== undefined) throw fields.invalid(other, 'is no field of a trust root');
  const name = fields.required('name');
  const kind = fields.oneOf('key', 'cert', 'keyless');
  if (kind === 'cert') throw fields.invalid('cert', 'is of validators of the type notation alone');
  return { name, requirement: kind === 'key' ? readKey(fields, name) : readKeyless(fields, name) };
}

function readKey(fields: Fields, name: string): TrustRoot['requirement'] {
  const pem = fields.required('key');
  if (/^[a-z0-9]+:\/\//.test(pem.trim())) {
    return () => ({ kind: 'static', at: name, holds: false, message: absentKey(pem.trim()) });
  }
  readPublicKey(fields, 'key', pem);
  return (proof) => ({ kind: 'signature', at: name, proof: { ...proof, by: { kind: 'key', pem } } });
}

function readKeyless(fields: Fields, name: string): TrustRoot['requirement'] {
  const keyless = fields.fields('keyless');
  if (keyless === undefined) throw fields.invalid('keyless', 'is missing');
  const subject = readPattern(keyless, 'subject');
  const issuer = readPattern(keyless, 'issuer');
  const signer: SignerRule = {
    words: `${subject.text} identified by ${issuer.text}`,
    names: [subject],
    issuers: [issuer],
  };
  return (proof) => ({ kind: 'signature', at: name, signer, proof: { ...proof, by: { kind: 'certificate' } } });
}

/** `subject` is the whole text, `subjectRegex` an expression found anywhere. */
function readPattern(fields: Fields, name: string): TextPattern {
  const kind = fields.oneOf(name, `${name}Regex`);
  const text = fields.required(kind);
  if (kind === name) return { kind: 'exact', text };
  compilePattern(text);
  return { kind: 'regexp', text };
}
