import type { Fields } from '../../model/fields.ts';
import type { Proof } from '../../model/need.ts';
import type { PolicyNote, Requirement, SignatureRequirement } from '../../model/policy.ts';
import type { Bindings, Compile } from './cel/compile.ts';
import { readIdentities } from './identities.ts';
import { readCertificate, readKey, readText, type Signer } from './key-texts.ts';

/** Someone whose signature counts, by its name. */
export interface Attestor {
  readonly name: string;
  /** What must hold; depends on the request where a key is told by an expression. @throws CelFailure, POLICY_KEY_* */
  readonly requirement: (bindings: Bindings) => Requirement;
}

const kinds = ['key', 'keyless', 'certificate'] as const;

/** Reads `attestors`. What can be told without a request is checked at once. @throws POLICY_INVALID, POLICY_KEY_* */
export function readAttestors(spec: Fields, compile: Compile): Map<string, Attestor> {
  const attestors = spec.items('attestors').map((fields) => readAttestor(fields, compile));
  return new Map(attestors.map((attestor) => [attestor.name, attestor]));
}

function readAttestor(fields: Fields, compile: Compile): Attestor {
  const name = fields.required('name');
  const kind = fields.oneOf('cosign', 'notary');
  const cosign = fields.fields(kind);
  if (cosign === undefined || kind === 'notary') {
    throw fields.invalid('notary', 'is not supported: signatures of Notary cannot be verified');
  }
  const at = `attestors.${name}`;
  const refusal = whyNever(cosign);
  if (refusal !== undefined) return fixed(name, { kind: 'static', at, holds: false, message: refusal });
  const signer = readSigner(cosign, compile);
  const root = readText(cosign, 'trustedRoot', compile);
  const demands = readDemands(cosign.fields('ctlog'));
  const shared = readShared(cosign);
  const requirement = (bindings: Bindings): Requirement => {
    const trustedRoot = root?.text(bindings);
    return signer.requirement(bindings, (part) => {
      const proof: Proof = { ...demands, ...part.proof, ...(trustedRoot !== undefined && { trustedRoot }) };
      return { ...shared, ...part, kind: 'signature', at, proof };
    });
  };
  return signer.isFixed && (root?.isFixed ?? true) ? fixed(name, requirement({})) : { name, requirement };
}

function fixed(name: string, requirement: Requirement): Attestor {
  return { name, requirement: () => requirement };
}

function readSigner(cosign: Fields, compile: Compile): Signer {
  switch (cosign.oneOf(...kinds)) {
    case 'key':
      return readKey(cosign, compile);
    case 'certificate':
      return readCertificate(cosign, compile);
    case 'keyless':
      return readIdentities(cosign, compile);
  }
}

/** Parts of an attestor that nobody here can heed; what depends on them never counts. */
function whyNever(cosign: Fields): string | undefined {
  if (cosign.has('tuf')) return 'its trust root would have to be fetched by TUF; give it as trustedRoot';
  const prefix = cosign.fields('source')?.text('tagPrefix');
  return prefix ? 'signatures under a tagPrefix are not looked for' : undefined;
}

/** Without `ctlog` both logs are demanded. */
function readDemands(ctlog: Fields | undefined): Omit<Proof, 'by'> {
  const chain = ctlog?.text('tsaCertChain');
  return {
    log: demandOf(ctlog, 'insecureIgnoreTlog', 'rekorPubKey'),
    certificateLog: demandOf(ctlog, 'insecureIgnoreSCT', 'ctLogPubKey'),
    ...(chain ? { timestamp: { chain } } : {}),
  };
}

function demandOf(ctlog: Fields | undefined, ignore: string, keyName: string): Proof['log'] {
  const key = ctlog?.text(keyName);
  return { required: !(ctlog?.boolean(ignore, false) ?? false), ...(key ? { key } : {}) };
}

function readShared(cosign: Fields): Pick<SignatureRequirement, 'annotations' | 'repository'> {
  const repository = cosign.fields('source')?.text('repository');
  return { annotations: cosign.textMap('annotations'), ...(repository ? { repository } : {}) };
}

/** What is ignored of the attestors. */
export function attestorNotes(spec: Fields): PolicyNote[] {
  return spec.items('attestors').flatMap((fields): PolicyNote[] => {
    const source = fields.fields('cosign')?.fields('source');
    if (source === undefined || !source.has('PullSecrets')) return [];
    const message = 'is not used; logins come from the configuration of this program';
    return [{ level: 'ignored', at: source.at('PullSecrets'), message }];
  });
}
