import type { Digest } from '../src/core/index.ts';
import type { Statement } from '../src/envelope/index.ts';
import type { PolicyDialect } from '../src/policy/dialect.ts';
import { settle } from '../src/policy/judge/settle.ts';
import type { Decision } from '../src/policy/model/decision.ts';
import type { JsonObject } from '../src/policy/model/json.ts';
import {
  type EvidenceNeed,
  type EvidencePiece,
  type Fact,
  type ImageContent,
  type KeptVerdict,
  type Need,
  needKey,
} from '../src/policy/model/need.ts';
import type { Policy } from '../src/policy/model/policy.ts';
import type { PolicyRequest } from '../src/policy/model/request.ts';
import { parsePolicies } from '../src/policy/parse-policies.ts';
import { dialects } from '../src/policy/registry.ts';
import type { VerifiedSigner } from '../src/verify/index.ts';

export const testDigest: Digest = `sha256:${'a'.repeat(64)}`;

/** What the world is like, for policies. */
export interface PolicyWorld {
  /** Evidence of every image. */
  readonly evidence?: (need: EvidenceNeed) => readonly EvidencePiece[];
  readonly objects?: readonly JsonObject[];
  readonly digest?: (image: string) => Fact;
  readonly content?: (image: string) => ImageContent | undefined;
  readonly verdict?: KeptVerdict;
}

/** The policies of one text of YAML. */
export function readPolicies(text: string, known: readonly PolicyDialect[] = dialects.all): Promise<readonly Policy[]> {
  return parsePolicies([{ path: 'policy.yaml', text }], known);
}

/** Judges an object by policies in YAML, in a world that is known whole. */
export async function judgeBy(
  policies: string,
  request: Partial<PolicyRequest> & Pick<PolicyRequest, 'object'>,
  world: PolicyWorld = {},
): Promise<Decision> {
  return judgeWith(await readPolicies(policies), request, world);
}

/** As `judgeBy`, by policies that were read. */
export async function judgeWith(
  policies: readonly Policy[],
  request: Partial<PolicyRequest> & Pick<PolicyRequest, 'object'>,
  world: PolicyWorld = {},
): Promise<Decision> {
  const whole: PolicyRequest = { operation: 'CREATE', at: new Date('2026-06-01T12:00:00Z'), ...request };
  const gather = async (needs: readonly Need[]) => new Map(needs.map((need) => [needKey(need), answer(need, world)]));
  return settle(whole, policies, gather);
}

function answer(need: Need, { evidence = () => [], objects = [], digest, content, verdict }: PolicyWorld): Fact {
  switch (need.kind) {
    case 'digest':
      return digest?.(need.image) ?? { kind: 'digest', digest: testDigest };
    case 'evidence':
      return { kind: 'evidence', pieces: evidence(need) };
    case 'content':
      return contentFact(content?.(need.image));
    case 'verdict':
      return verdict === undefined ? unknownFact('POLICY_FACT_MISSING') : { kind: 'verdict', verdict };
    case 'object': {
      const found = objects.find(
        ({ kind, metadata }) => kind === need.objectKind && (metadata as JsonObject)['name'] === need.name,
      );
      return found === undefined ? unknownFact('POLICY_FACT_MISSING') : { kind: 'object', object: found };
    }
  }
}

function contentFact(content: ImageContent | undefined): Fact {
  return content === undefined ? unknownFact('OCI_REMOTE_NOT_FOUND') : { kind: 'content', content };
}

export function unknownFact(code: string): Fact {
  return { kind: 'unknown', reason: { code, message: `unknown: ${code}`, hint: '', data: {} } };
}

const proven = { outcome: 'verified', times: [], logs: [], layout: 'bundle', notes: [] } as const;

/** A signature by somebody. */
export function signedBy(signer: VerifiedSigner, annotations: Readonly<Record<string, unknown>> = {}): EvidencePiece {
  return { outcome: 'verified', verified: { ...proven, signer }, signed: { kind: 'signature', annotations } };
}

/** Evidence of images that are signed with these keys, whatever their names. */
export const signedWith =
  (...keys: readonly { readonly pem: string }[]) =>
  ({ proof: { by } }: EvidenceNeed): EvidencePiece[] =>
    keys.some(({ pem }) => by.kind === 'key' && by.pem === pem) ? [signedBy({ kind: 'key', id: 'k' })] : [];

/** A statement by somebody. */
export function statedBy(signer: VerifiedSigner, predicateType: string, predicate: object): EvidencePiece {
  const statement: Statement = { type: 'https://in-toto.io/Statement/v1', subjects: [], predicateType, predicate };
  return {
    outcome: 'verified',
    verified: { ...proven, signer, statement },
    signed: { kind: 'attestation', annotations: {} },
  };
}

export function person(name: string, issuer = 'https://issuer.example.com', claims: object = {}): VerifiedSigner {
  return { kind: 'certificate', names: [{ kind: 'email', value: name }], issuer, claims, certificate: Buffer.alloc(0) };
}

/** A ClusterPolicy `p` that enforces one rule `r` for pods, with one entry of `verifyImages` about all images unless it says so. */
export function clusterPolicy(entry: object, spec: object = {}, rule: object = {}): JsonObject {
  const match = { any: [{ resources: { kinds: ['Pod'] } }] };
  const verifyImages = [{ imageReferences: ['*'], ...entry }];
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'p' },
    spec: { validationFailureAction: 'Enforce', rules: [{ name: 'r', match, verifyImages, ...rule }], ...spec },
  };
}

/** A pod with these images. */
export function podOf(images: readonly string[], metadata: object = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', namespace: 'shop', ...metadata },
    spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
  };
}

/** An object of a kind that makes pods. */
export function workloadOf(kind: string, apiVersion: string, images: readonly string[]): JsonObject {
  const template = { metadata: {}, spec: podOf(images)['spec'] };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return { apiVersion, kind, metadata: { name: 'workload', namespace: 'shop' }, spec } as JsonObject;
}
