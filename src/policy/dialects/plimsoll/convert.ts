import { splitClauses, toClauses } from '../../convert/clauses.ts';
import { type RefuseSigner, writeClaims, writeWildcards } from '../../convert/identity.ts';
import { isAny, readGlob, writeGlob } from '../../convert/patterns.ts';
import type { Clause, PolicyConverter, PortablePolicy } from '../../convert/portable.ts';
import { notConvertible } from '../../convert/refuse.ts';
import type { JsonObject } from '../../model/json.ts';
import type { LogDemand } from '../../model/need.ts';
import type { Action, SignatureRequirement, SignerRule } from '../../model/policy.ts';
import { readDocument } from './document.ts';
import { actionOf } from './policy.ts';
import { readRequirement } from './requirement.ts';

export const converter: PolicyConverter = {
  read: (documents) => documents.map(readOne),
  write: (policies) => policies.map(writeOne),
};

const modes: Readonly<Record<Action, string>> = { deny: 'enforce', audit: 'audit', warn: 'warn' };
const narrowing = ['except', 'namespaces', 'exceptNamespaces'] as const;

function readOne(document: JsonObject): PortablePolicy {
  const { metadata, spec } = readDocument(document);
  const { name } = metadata;
  const narrowed = narrowing.find((field) => (spec[field] ?? []).length > 0);
  if (narrowed !== undefined) throw notConvertible(name, `spec.${narrowed}`, 'has no counterpart');
  return {
    name,
    images: spec.images.map((image, index) => {
      const pattern = readGlob(image);
      if (pattern === undefined) throw notConvertible(name, `spec.images[${index}]`, 'has wildcards within');
      return pattern;
    }),
    clauses: toClauses(readRequirement(spec, name), name),
    action: actionOf(spec),
    pins: spec.pin ?? true,
    deniesOthers: spec.unmatched === 'deny',
  };
}

function writeOne({ name, images, clauses, action, pins, deniesOthers }: PortablePolicy): JsonObject {
  const names = new Map<string, string>();
  const signers: Record<string, JsonObject> = {};
  const nameOf = (signer: SignatureRequirement): string => {
    const written = writeSigner(signer, name);
    const key = JSON.stringify(written);
    const known = names.get(key) ?? `signer-${names.size + 1}`;
    names.set(key, known);
    signers[known] = written;
    return known;
  };
  const counted = ({ atLeast, signers: all }: Clause): JsonObject => ({ by: all.map(nameOf), atLeast });
  const split = splitClauses(clauses);
  const signatures = split.signatures.map(counted);
  const attestations = split.statements.map((clause) => ({ type: clause.predicateType, ...counted(clause) }));
  return {
    apiVersion: 'plimsoll.dev/v1alpha1',
    kind: 'ImagePolicy',
    metadata: { name },
    spec: {
      mode: modes[action],
      images: images.map(writeGlob),
      ...(!pins && { pin: false }),
      ...(deniesOthers && !images.some(isAny) && { unmatched: 'deny' }),
      signers,
      require: { ...(signatures.length > 0 && { signatures }), ...(attestations.length > 0 && { attestations }) },
    },
  };
}

function writeSigner(
  { at, proof, keyFrom, signer, annotations = {}, repository, counts }: SignatureRequirement,
  policy: string,
): JsonObject {
  const { by, log, certificateLog, timestamp, authorities, trustedRoot } = proof;
  if (counts !== undefined) throw notConvertible(policy, at, 'takes statements for signatures');
  if (trustedRoot !== undefined) throw notConvertible(policy, at, 'has a trusted root of its own');
  if (by.kind === 'certificate' && signer === undefined) throw notConvertible(policy, at, 'takes any certificate');
  return {
    ...(keyFrom !== undefined
      ? { secret: { ...keyFrom } }
      : by.kind === 'key'
        ? { key: by.pem }
        : { keyless: writeKeyless(signer ?? { words: '' }, at, policy) }),
    ...(authorities !== undefined && { authorities }),
    log: writeLog(log),
    ...(by.kind === 'certificate' && { certificateLog: writeLog(certificateLog) }),
    ...(timestamp !== undefined && { timestamp: { ...timestamp } }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(repository !== undefined && { repository }),
  };
}

function writeLog({ required, key }: LogDemand): JsonObject | boolean {
  return required && key !== undefined ? { key } : required;
}

function writeKeyless(signer: SignerRule, at: string, policy: string): JsonObject {
  const { names = [], issuers = [] } = signer;
  const refuse: RefuseSigner = (reason) => notConvertible(policy, at, reason);
  if (names.length === 0 || issuers.length === 0) throw refuse('takes any subject or issuer');
  const claims = writeClaims(signer);
  return {
    ...writeWildcards('subject', names, refuse),
    ...writeWildcards('issuer', issuers, refuse),
    ...(claims !== undefined && { claims }),
  };
}
