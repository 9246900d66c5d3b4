import { splitClauses } from '../../convert/clauses.ts';
import { type RefuseSigner, writeClaims, writeWildcards } from '../../convert/identity.ts';
import { isAny } from '../../convert/patterns.ts';
import type { Clause, PortablePattern, PortablePolicy } from '../../convert/portable.ts';
import { notConvertible } from '../../convert/refuse.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Proof } from '../../model/need.ts';
import type { SignatureRequirement, SignerRule } from '../../model/policy.ts';

/** A ClusterPolicy for each, and for the last one what becomes of images that none names. @throws POLICY_NOT_CONVERTIBLE */
export function writePortable(policies: readonly PortablePolicy[]): JsonObject[] {
  const patterns = policies.flatMap(({ images }) => images);
  const deniesOthers = policies.some((policy) => policy.deniesOthers) && !patterns.some(isAny);
  return [...policies.map(writePolicy), ...(deniesOthers ? [writeOthers(policies, patterns)] : [])];
}

function document(name: string, action: PortablePolicy['action'], entry: JsonObject): JsonObject {
  const annotations = { 'policies.kyverno.io/scored': 'false' };
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name, ...(action === 'warn' && { annotations }) },
    spec: {
      validationFailureAction: action === 'deny' ? 'Enforce' : 'Audit',
      rules: [{ name: 'verify-images', match: { any: [{ resources: { kinds: ['Pod'] } }] }, verifyImages: [entry] }],
    },
  };
}

function writePolicy({ name, images, clauses, action, pins }: PortablePolicy): JsonObject {
  const { signatures, statements } = splitClauses(clauses);
  return document(name, action, {
    imageReferences: images.map((pattern) => writePattern(pattern, name)),
    mutateDigest: pins,
    verifyDigest: pins,
    ...(signatures.length > 0 && { attestors: signatures.map((clause) => writeSet(clause, name)) }),
    ...(statements.length > 0 && {
      attestations: statements.map((clause) => ({ type: clause.predicateType, attestors: [writeSet(clause, name)] })),
    }),
  });
}

/** An image that is not among those to skip would have to be verified by somebody, and nobody is named. */
function writeOthers(policies: readonly PortablePolicy[], patterns: readonly PortablePattern[]): JsonObject {
  const [first] = policies;
  const name = `${first?.name ?? 'images'}-others`;
  if (patterns.some(({ end }) => end === 'exact')) {
    throw notConvertible(name, 'images', 'name single images, while all others are to be denied');
  }
  return document(name, first?.action ?? 'deny', {
    imageReferences: ['*'],
    skipImageReferences: patterns.map((pattern) => writePattern(pattern, name)),
    mutateDigest: false,
    verifyDigest: false,
  });
}

function writePattern({ start, text, end }: PortablePattern, policy: string): string {
  if (end === 'segment') throw notConvertible(policy, 'images', `has "${text}*", whose * stops at a slash`);
  if (text === '') return '*';
  return `${start === 'anywhere' ? '*' : ''}${text}${end === 'anything' ? '*' : ''}`;
}

function writeSet({ atLeast, signers }: Clause, policy: string): JsonObject {
  return { count: atLeast, entries: signers.map((signer) => writeEntry(signer, policy)) };
}

function writeEntry(
  { at, proof, keyFrom, signer, annotations = {}, repository, counts }: SignatureRequirement,
  policy: string,
): JsonObject {
  if (counts !== undefined) throw notConvertible(policy, at, 'takes statements for signatures');
  if (proof.trustedRoot !== undefined) throw notConvertible(policy, at, 'has a trusted root of its own');
  if (proof.timestamp !== undefined && proof.timestamp.chain === undefined) {
    throw notConvertible(policy, at, 'demands a timestamp of the trusted root');
  }
  const logs = writeLogs(proof);
  const by = proof.by;
  const key = keyFrom !== undefined ? { secret: { ...keyFrom } } : { publicKeys: by.kind === 'key' ? by.pem : '' };
  return {
    ...(by.kind === 'key'
      ? { keys: { ...key, ...logs } }
      : signer === undefined
        ? { certificates: { certChain: proof.authorities ?? '', ...logs } }
        : {
            keyless: {
              ...writeKeyless(signer, at, policy),
              ...(proof.authorities !== undefined && { roots: proof.authorities }),
              ...logs,
            },
          }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(repository !== undefined && { repository }),
  };
}

/** A key has no certificate that a log could have; Kyverno would ask for the log's keys all the same. */
function writeLogs({ by, log, certificateLog, timestamp }: Proof): JsonObject {
  return {
    rekor: {
      url: 'https://rekor.sigstore.dev',
      ignoreTlog: !log.required,
      ...(log.key !== undefined && { pubkey: log.key }),
    },
    ctlog: {
      ignoreSCT: by.kind === 'key' || !certificateLog.required,
      ...(certificateLog.key !== undefined && { pubkey: certificateLog.key }),
      ...(timestamp?.chain !== undefined && { tsaCertChain: timestamp.chain }),
    },
  };
}

function writeKeyless(signer: SignerRule, at: string, policy: string): JsonObject {
  const refuse: RefuseSigner = (reason) => notConvertible(policy, at, reason);
  const additionalExtensions = writeClaims(signer);
  return {
    ...writeWildcards('subject', signer.names ?? [], refuse),
    ...writeWildcards('issuer', signer.issuers ?? [], refuse),
    ...(additionalExtensions !== undefined && { additionalExtensions }),
  };
}
