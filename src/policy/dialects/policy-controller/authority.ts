import { predicateTypeOf } from '../../../envelope/index.ts';
import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { Requirement, SignatureRequirement, SignerRule, TextPattern } from '../../model/policy.ts';
import { absentKey, readPublicKey } from '../../model/public-key.ts';
import { compilePattern } from '../../patterns/regexp.ts';
import type { GivenRoot, GivenRoots } from './trust-root.ts';

/** Where policy-controller keeps the secrets that policies name. */
const ownNamespace = 'cosign-system';

/** What an authority demands: its signature, or each of its attestations. @throws POLICY_INVALID, POLICY_KEY_* */
export function readAuthority(fields: Fields, index: number, roots: GivenRoots): Requirement {
  const name = fields.text('name') || `authority-${index}`;
  const by = readSource(readSigners(fields, name, roots), fields, name);
  const attestations = fields.items('attestations');
  if (attestations.length === 0) return by;
  return { kind: 'group', at: name, parts: attestations.map((item) => readAttestation(item, name, by)) };
}

function readSigners(fields: Fields, name: string, roots: GivenRoots): Requirement {
  const kind = fields.oneOf('key', 'keyless', 'static');
  const inner = fields.fields(kind);
  if (inner === undefined) throw fields.invalid(kind, 'is missing');
  switch (kind) {
    case 'static': {
      const holds = inner.choice('action', ['pass', 'fail']) === 'pass';
      return {
        kind: 'static',
        at: name,
        holds,
        message: inner.text('message') || (holds ? 'static pass' : 'disallowed by static policy'),
      };
    }
    case 'key':
      return readKey(inner, fields, name, roots);
    case 'keyless':
      return readKeyless(inner, fields, name, roots);
  }
}

/** A key without `ctlog` needs no log. */
function readKey(key: Fields, authority: Fields, name: string, roots: GivenRoots): Requirement {
  const given = rootsOf(authority, undefined, roots);
  if (given === undefined) return refused(name, fetched);
  const logs = logsOf(authority, given, false);
  const source = key.oneOf('data', 'secretRef', 'kms');
  if (source === 'kms') return refused(name, absentKey(key.required('kms')));
  if (source === 'data') {
    return signature(name, { ...logs, by: { kind: 'key', pem: readPublicKey(key, 'data', key.required('data')) } });
  }
  const secret = key.fields('secretRef');
  const keyFrom = { namespace: secret?.text('namespace') || ownNamespace, name: secret?.required('name') ?? '' };
  return { ...signature(name, { ...logs, by: { kind: 'key', pem: '' } }), keyFrom };
}

/** Any of the identities may have signed. */
function readKeyless(keyless: Fields, authority: Fields, name: string, roots: GivenRoots): Requirement {
  const identities = keyless.items('identities');
  if (identities.length === 0) throw keyless.invalid('identities', 'is empty');
  const given = rootsOf(authority, keyless, roots);
  if (given === undefined) return refused(name, fetched);
  const authorities = keyless.fields('ca-cert')?.text('data') || given.signer.authorities;
  const logs = logsOf(authority, given, true);
  const proof: Proof = {
    ...logs,
    by: { kind: 'certificate' },
    certificateLog: { ...logs.certificateLog, required: !keyless.boolean('insecureIgnoreSCT', false) },
    ...(authorities ? { authorities } : {}),
  };
  return {
    kind: 'group',
    at: name,
    atLeast: 1,
    parts: identities.map((one) => signature(name, proof, readIdentity(one))),
  };
}

function readIdentity(fields: Fields): SignerRule {
  const [issuer, subject] = [readPattern(fields, 'issuer'), readPattern(fields, 'subject')];
  return { words: `${subject.text} identified by ${issuer.text}`, names: [subject], issuers: [issuer] };
}

function readPattern(fields: Fields, name: string): TextPattern {
  const kind = fields.oneOf(name, `${name}RegExp`);
  const text = fields.required(kind);
  if (kind === name) return { kind: 'exact', text };
  compilePattern(text);
  return { kind: 'regexp', text };
}

const fetched = 'its trust root would have to be fetched; give the TrustRoot with its sigstoreKeys';

/** The trust roots that the parts of an authority name; empty where a part names none. */
interface NamedRoots {
  readonly signer: GivenRoot;
  readonly log: GivenRoot;
  readonly timestamp: GivenRoot;
}

/** Undefined when one of them is not given: no other can stand in for it. */
function rootsOf(authority: Fields, keyless: Fields | undefined, roots: GivenRoots): NamedRoots | undefined {
  const [signer, log, timestamp] = [keyless, authority.fields('ctlog'), authority.fields('rfc3161timestamp')].map(
    (part) => {
      const name = part?.text('trustRootRef');
      return name ? roots.get(name) : {};
    },
  );
  return signer && log && timestamp && { signer, log, timestamp };
}

/** A timestamp stands in for the log. */
function logsOf(authority: Fields, given: NamedRoots, needsLog: boolean): Omit<Proof, 'by'> {
  const isStamped = authority.has('rfc3161timestamp');
  const { logKey } = given.log;
  const { certificateLogKey } = given.signer;
  const { timestampChain: chain } = given.timestamp;
  return {
    log: {
      required: !isStamped && (needsLog || authority.has('ctlog')),
      ...(logKey !== undefined && { key: logKey }),
    },
    certificateLog: { required: true, ...(certificateLogKey !== undefined && { key: certificateLogKey }) },
    ...(isStamped && { timestamp: chain === undefined ? {} : { chain } }),
  };
}

/** Where the evidence is kept; a prefix of its tags is not looked for. */
function readSource(requirement: Requirement, fields: Fields, name: string): Requirement {
  const [source, ...more] = fields.items('source');
  if (more.length > 0) throw fields.invalid('source', 'has more than one item');
  if (source === undefined) return requirement;
  if (source.text('tagPrefix')) return refused(name, 'signatures under a tagPrefix are not looked for');
  const repository = source.text('oci');
  return repository ? inRepository(requirement, repository) : requirement;
}

function inRepository(requirement: Requirement, repository: string): Requirement {
  if (requirement.kind === 'signature') return { ...requirement, repository };
  if (requirement.kind !== 'group') return requirement;
  return { ...requirement, parts: requirement.parts.map((part) => inRepository(part, repository)) };
}

/** One statement of the type is enough. */
function readAttestation(fields: Fields, authority: string, by: Requirement): Requirement {
  const at = `${authority}.${fields.required('name')}`;
  if (fields.has('policy')) return refused(at, 'conditions in CUE and Rego are not judged');
  const word = fields.required('predicateType');
  return { kind: 'attestation', at, predicateType: predicateTypeOf(word) ?? word, by, every: false };
}

function signature(at: string, proof: Proof, signer?: SignerRule): SignatureRequirement {
  return { kind: 'signature', at, proof, ...(signer !== undefined && { signer }) };
}

/** What cannot be judged never holds. */
function refused(at: string, message: string): Requirement {
  return { kind: 'static', at, holds: false, message };
}
