import { toClauses } from '../../convert/clauses.ts';
import { type RefuseSigner, writeClaims, writeExact } from '../../convert/identity.ts';
import { isAny, readGlob, writeGlob } from '../../convert/patterns.ts';
import type { Clause, PolicyConverter, PortablePattern, PortablePolicy } from '../../convert/portable.ts';
import { notConvertible, type RefusePart } from '../../convert/refuse.ts';
import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt } from '../../model/json.ts';
import type { SignatureRequirement } from '../../model/policy.ts';
import { readAuthority } from './authority.ts';

export const converter: PolicyConverter = {
  read: (documents) => documents.map(readOne),
  write: (policies) => {
    const all = policies.flatMap(writeAll);
    const isWhole = policies.some(({ deniesOthers, images }) => deniesOthers || images.some(isAny));
    return isWhole ? all : [...all, writeOthers(policies)];
  },
};

function readOne(document: JsonObject): PortablePolicy {
  const name = textAt(document, 'metadata', 'name') ?? '';
  const refuse: RefusePart = (at, reason) => notConvertible(name, at, reason);
  if (textAt(document, 'kind') !== 'ClusterImagePolicy') throw refuse('kind', 'has no counterpart');
  const spec = new Fields(document, name).fields('spec');
  if (spec === undefined) throw refuse('spec', 'is missing');
  const [other] = spec.others('images', 'authorities', 'mode');
  if (other !== undefined) throw refuse(`spec.${other}`, 'has no counterpart');
  const parts = spec.items('authorities').map((item, index) => readAuthority(item, index, new Map()));
  return {
    name,
    images: spec.items('images').map((item) => readImage(item, refuse)),
    clauses: toClauses({ kind: 'group', at: 'spec.authorities', atLeast: 1, parts }, name),
    action: spec.choice('mode', ['enforce', 'warn']) === 'warn' ? 'warn' : 'deny',
    pins: true,
    deniesOthers: true,
  };
}

function readImage(fields: Fields, refuse: RefusePart): PortablePattern {
  const pattern = readGlob(fields.required('glob'));
  if (pattern === undefined) throw refuse(fields.at('glob'), 'has wildcards within, or no organisation');
  return pattern;
}

function document(
  name: string,
  images: readonly string[],
  authorities: readonly JsonObject[],
  isWarning: boolean,
): JsonObject {
  return {
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name },
    spec: {
      mode: isWarning ? 'warn' : 'enforce',
      images: images.map((glob) => ({ glob })),
      authorities: [...authorities],
    },
  };
}

/** All policies that name an image must be satisfied, each by any of its authorities. */
function writeAll({ name, images, clauses, action, pins }: PortablePolicy): JsonObject[] {
  if (action === 'audit') throw notConvertible(name, 'the action', 'is audit, and only warnings are known here');
  if (!pins) throw notConvertible(name, 'pinning', 'is off, and tags are always replaced by digests here');
  const globs = images.map((pattern) => writeImage(pattern));
  const alternatives = clauses.flatMap((clause) => split(clause, name));
  return alternatives.map((clause, index) => {
    const authorities = clause.signers.map((signer, at) => writeAuthority(signer, clause, `signer-${at + 1}`, name));
    return document(index === 0 ? name : `${name}-${index + 1}`, globs, authorities, action === 'warn');
  });
}

/** All of some signers are as many policies with one each. */
function split(clause: Clause, policy: string): Clause[] {
  const { atLeast, signers } = clause;
  if (atLeast === 1) return [clause];
  if (atLeast === signers.length) return signers.map((signer) => ({ ...clause, atLeast: 1, signers: [signer] }));
  throw notConvertible(
    policy,
    'the count',
    `is ${atLeast} of ${signers.length}, and any or all is what can be said here`,
  );
}

function writeImage(pattern: PortablePattern): string {
  return writeGlob({ ...pattern, text: pattern.text.replace(/^docker\.io\//, 'index.docker.io/') });
}

/** Images that no policy names are denied here. */
function writeOthers([first]: readonly PortablePolicy[]): JsonObject {
  return document(`${first?.name ?? 'images'}-others`, ['**'], [{ name: 'any', static: { action: 'pass' } }], false);
}

function writeAuthority(
  signer: SignatureRequirement,
  { predicateType }: Clause,
  name: string,
  policy: string,
): JsonObject {
  const { at, proof, annotations = {}, repository } = signer;
  const refuse: RefuseSigner = (reason) => notConvertible(policy, at, reason);
  const { by, log, certificateLog, timestamp } = proof;
  if (Object.keys(annotations).length > 0) throw refuse('demands annotations');
  if (signer.counts !== undefined) throw refuse('takes statements for signatures');
  const hasOwnTrust = [proof.trustedRoot, log.key, certificateLog.key, timestamp?.chain].some(
    (text) => text !== undefined,
  );
  if (hasOwnTrust) throw refuse('has keys of logs or authorities, which are in a TrustRoot here');
  const attestations = predicateType === undefined ? [] : [{ name: 'statement', predicateType }];
  return {
    name,
    ...(by.kind === 'key' ? writeKey(signer, refuse) : writeKeyless(signer, refuse)),
    ...(log.required && { ctlog: { url: 'https://rekor.sigstore.dev' } }),
    ...(timestamp !== undefined && { rfc3161timestamp: {} }),
    ...(repository !== undefined && { source: [{ oci: repository }] }),
    ...(attestations.length > 0 && { attestations }),
  };
}

function writeKey({ proof: { by, log, timestamp }, keyFrom }: SignatureRequirement, refuse: RefuseSigner): JsonObject {
  if (log.required && timestamp !== undefined) throw refuse('demands both a log and a timestamp');
  return { key: keyFrom === undefined ? { data: by.kind === 'key' ? by.pem : '' } : { secretRef: { ...keyFrom } } };
}

function writeKeyless({ proof, signer }: SignatureRequirement, refuse: RefuseSigner): JsonObject {
  if (signer === undefined) throw refuse('takes any certificate');
  if (writeClaims(signer) !== undefined) throw refuse('demands what certificates state');
  if (proof.log.required === (proof.timestamp !== undefined)) throw refuse('demands other than a log or a timestamp');
  const { names = [], issuers = [] } = signer;
  const identity = {
    ...writeExact('issuer', 'RegExp', issuers, refuse),
    ...writeExact('subject', 'RegExp', names, refuse),
  };
  return {
    keyless: {
      url: 'https://fulcio.sigstore.dev',
      identities: [identity],
      ...(!proof.certificateLog.required && { insecureIgnoreSCT: true }),
      ...(proof.authorities !== undefined && { 'ca-cert': { data: proof.authorities } }),
    },
  };
}
