import { toClauses } from '../../convert/clauses.ts';
import { type RefuseSigner, writeClaims, writeExact } from '../../convert/identity.ts';
import { isAny, readWildcard } from '../../convert/patterns.ts';
import type { PolicyConverter, PortablePattern, PortablePolicy } from '../../convert/portable.ts';
import { notConvertible, type RefusePart } from '../../convert/refuse.ts';
import { Fields } from '../../model/fields.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Proof } from '../../model/need.ts';
import type { SignatureRequirement } from '../../model/policy.ts';
import { chooseValidator } from './choose-validator.ts';
import { defaultRule, type PatternRule, readPatternRule } from './rule.ts';
import { inCamelCase } from './spelling.ts';
import { readValidator } from './validator.ts';

const name = 'connaisseur';

export const converter: PolicyConverter = { read: (documents) => documents.map(readOne), write: writeAll };

function refuse(at: string, reason: string): Error {
  return notConvertible(name, at, reason);
}

function readOne(document: JsonObject): PortablePolicy {
  const whole = new Fields(inCamelCase(document), name);
  const fields = whole.fields('application') ?? whole;
  const features = fields.fields('features') ?? fields;
  const narrowing = ['namespacedValidation', 'resourceValidationMode'].find((field) => features.has(field));
  if (narrowing !== undefined) throw refuse(features.at(narrowing), 'has no counterpart');
  const { pattern, demand } = onlyRule(fields);
  const image = readWildcard(`*${pattern}*`.replace(/\*+/g, '*').replace(/\*:\*$/, '*'));
  if (image === undefined) throw refuse('policy[0].pattern', 'has wildcards within, or no organisation');
  return {
    name,
    images: [{ ...image, text: image.text.replace(/^index\.docker\.io\//, 'docker.io/') }],
    clauses: toClauses(demand.requirement, name),
    action: features.boolean('detectionMode', false) ? 'warn' : 'deny',
    pins: demand.pins,
    deniesOthers: true,
  };
}

/** Which of several rules holds depends on all of them. */
function onlyRule(fields: Fields): PatternRule {
  const validators = fields.items('validators').map(readValidator);
  if (!fields.has('policy')) return defaultRule(chooseValidator(validators), new Fields({}, name, 'with'));
  const [only, ...more] = fields.items('policy').map((item) => readPatternRule(item, validators));
  if (only === undefined) throw refuse('policy', 'is empty');
  if (more.length > 0) throw refuse('policy[1]', 'is a second rule, and which of them holds depends on both');
  return only;
}

function writeAll(policies: readonly PortablePolicy[]): JsonObject[] {
  const [only, ...more] = policies;
  if (only === undefined || more.length > 0) {
    throw notConvertible(policies[1]?.name ?? '', 'it', 'is a second policy, and one is what can be said here');
  }
  const refuseIn: RefusePart = (at, reason) => notConvertible(only.name, at, reason);
  if (only.action === 'audit') throw refuseIn('the action', 'is audit, and only warnings are known here');
  if (!(only.deniesOthers || only.images.some(isAny))) {
    throw refuseIn('images', 'are not all, and others are denied here');
  }
  const signers = signersOf(only, refuseIn);
  const validator = 'signers';
  const given = {
    trustRoot: '*',
    threshold: signers.atLeast,
    mode: only.pins ? 'mutate' : 'insecureValidateOnly',
    verifyInTransparencyLog: signers.log,
    verifySCT: signers.certificateLog,
  };
  return [
    {
      validators: [{ name: validator, type: 'cosign', trustRoots: signers.trustRoots }],
      policy: only.images.map((image) => ({ pattern: writePattern(image, refuseIn), validator, with: given })),
      ...(only.action === 'warn' && { features: { detectionMode: true } }),
    },
  ];
}

interface Signers {
  readonly atLeast: number;
  readonly trustRoots: readonly JsonObject[];
  readonly log: boolean;
  readonly certificateLog: boolean;
}

/** All of some signers, or so many of them. */
function signersOf({ clauses, name: policy }: PortablePolicy, refuseIn: RefusePart): Signers {
  if (clauses.some(({ predicateType }) => predicateType !== undefined)) {
    throw refuseIn('attestations', 'are not known here');
  }
  const isAll = clauses.every(({ atLeast, signers }) => atLeast === signers.length);
  const [first, ...more] = clauses;
  if (first === undefined || (more.length > 0 && !isAll)) throw refuseIn('the counts', 'are several');
  const all = clauses.flatMap(({ signers }) => signers);
  const logs = new Set(
    all.map(
      ({ proof: { by, log, certificateLog } }) => `${log.required} ${by.kind === 'key' || certificateLog.required}`,
    ),
  );
  if (logs.size > 1) throw refuseIn('the logs', 'that are demanded differ');
  const [log, certificateLog] = [...logs][0]?.split(' ') ?? [];
  return {
    atLeast: isAll ? all.length : first.atLeast,
    trustRoots: all.map((signer, index) => writeTrustRoot(signer, `signer-${index + 1}`, policy)),
    log: log === 'true',
    certificateLog: certificateLog === 'true',
  };
}

function writeTrustRoot(signer: SignatureRequirement, root: string, policy: string): JsonObject {
  const { at, proof, keyFrom, annotations = {}, repository, counts } = signer;
  const refuseSigner: RefuseSigner = (reason) => notConvertible(policy, at, reason);
  if (keyFrom !== undefined) throw refuseSigner('has its key in a secret');
  if (Object.keys(annotations).length > 0) throw refuseSigner('demands annotations');
  if (repository !== undefined) throw refuseSigner('keeps signatures in another repository');
  if (counts !== undefined || hasOwnTrust(proof)) throw refuseSigner('has logs, authorities or timestamps of its own');
  if (proof.by.kind === 'key') return { name: root, key: proof.by.pem };
  const { names = [], issuers = [] } = signer.signer ?? {};
  if (signer.signer !== undefined && writeClaims(signer.signer) !== undefined)
    throw refuseSigner('demands what certificates state');
  return {
    name: root,
    keyless: {
      ...writeExact('subject', 'Regex', names, refuseSigner),
      ...writeExact('issuer', 'Regex', issuers, refuseSigner),
    },
  };
}

function hasOwnTrust({ trustedRoot, authorities, timestamp, log, certificateLog }: Proof): boolean {
  return [trustedRoot, authorities, timestamp, log.key, certificateLog.key].some((part) => part !== undefined);
}

/** A pattern is found anywhere in a name here. */
function writePattern({ start, text, end }: PortablePattern, refuseIn: RefusePart): string {
  if (text === '') return '*:*';
  if (start !== 'anywhere' || end !== 'anything') {
    throw refuseIn('images', `have "${text}" at a fixed place, and patterns are found anywhere here`);
  }
  return text;
}
