import type { Finding } from '../model/decision.ts';
import type { EvidencePiece } from '../model/need.ts';
import type { SignatureRequirement } from '../model/policy.ts';
import type { Evaluated, Subject, VerifiedPiece, Wanted } from './evaluated.ts';
import { withSecretKey } from './secret-key.ts';
import { describeSigner, mismatchOf } from './signer.ts';

/** Findings told of one attestor; an image may have a thousand signatures. */
const maxFindings = 20;

/** Whether an accepted signer signed; undefined when the evidence must be gathered first. */
export function checkSignature(
  requirement: SignatureRequirement,
  { name, asks }: Subject,
  wanted: Wanted,
): Evaluated | undefined {
  const { at, repository } = requirement;
  const known = withSecretKey(requirement, asks);
  if (known === undefined) return undefined;
  const fact =
    known.kind === 'unknown'
      ? known
      : asks.ask({
          kind: 'evidence',
          image: name,
          proof: known.proof,
          ...(repository !== undefined && { repository }),
        });
  if (fact === undefined) return undefined;
  const base = { at, demand: demandOf(requirement), checks: [] };
  if (fact.kind === 'unknown') {
    return { check: { ...base, holds: false, findings: [fact.reason] }, pieces: [], broke: isBroken(fact.reason.code) };
  }
  const judged = fact.pieces.map((piece) => ({ piece, failure: failureOf(piece, requirement, wanted) }));
  const pieces = judged.flatMap(({ piece, failure }) =>
    failure === undefined && piece.outcome === 'verified' ? [piece] : [],
  );
  const findings = pieces.length > 0 ? pieces.map(toSigned) : judged.flatMap(({ failure }) => failure ?? []);
  const told = findings.length > 0 ? findings.slice(0, maxFindings) : [nothingFound(wanted)];
  return { check: { ...base, holds: pieces.length > 0, findings: told }, pieces, broke: false };
}

/** Whether nobody answered, as opposed to an answer that says no. */
function isBroken(code: string): boolean {
  return code.startsWith('NET_') || code.startsWith('POLICY_');
}

function failureOf(piece: EvidencePiece, requirement: SignatureRequirement, wanted: Wanted): Finding[] | undefined {
  if (piece.outcome === 'refused') return piece.reasons.map(({ code, message }) => ({ code, message }));
  const { verified, signed } = piece;
  const type = verified.statement?.predicateType;
  const isWanted =
    wanted.kind === 'attestation'
      ? type === wanted.predicateType
      : signed.kind === 'signature' || requirement.counts === 'any';
  if (!isWanted) return [];
  const mismatch = mismatchOf(verified.signer, requirement.signer);
  if (mismatch !== undefined) return [{ code: 'signer-mismatch', message: mismatch }];
  const missing = Object.entries(requirement.annotations ?? {}).find(
    ([key, value]) => !Object.hasOwn(signed.annotations, key) || signed.annotations[key] !== value,
  );
  if (missing === undefined) return undefined;
  return [{ code: 'annotation-missing', message: `the signature lacks the annotation ${missing.join('=')}` }];
}

function toSigned({ verified }: VerifiedPiece): Finding {
  return { code: 'signed', message: `signed by ${describeSigner(verified.signer)}` };
}

function nothingFound(wanted: Wanted): Finding {
  const message =
    wanted.kind === 'signature' ? 'no signatures found' : `no statement of the type ${wanted.predicateType} found`;
  return { code: 'evidence-missing', message };
}

function demandOf({ proof, keyFrom, signer, annotations = {} }: SignatureRequirement): string {
  const who =
    proof.by.kind === 'key'
      ? keyFrom === undefined
        ? 'the given key'
        : `the key of the secret ${keyFrom.namespace}/${keyFrom.name}`
      : (signer?.words ?? 'anyone with a trusted certificate');
  const pairs = Object.entries(annotations).map(([key, value]) => `${key}=${value}`);
  return `signed by ${who}${pairs.length > 0 ? ` with ${pairs.join(', ')}` : ''}`;
}
