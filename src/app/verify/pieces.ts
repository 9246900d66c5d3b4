import type { Digest } from '../../core/index.ts';
import { dsseToJson, parseBundle, parseSimpleSigning, readLegacyLayer } from '../../envelope/index.ts';
import type { EvidencePiece } from '../../evidence/index.ts';
import {
  answerOf,
  artifactOfDigest,
  firstAccepted,
  type Verified,
  type VerifyAnswer,
  type VerifyPolicy,
  verifyBundle,
  verifyLegacy,
} from '../../verify/index.ts';
import type { LegacyProof, SignedClaims } from './input.ts';

/** A piece of evidence with what it came to, and its payload: that of simple signing, or an envelope as JSON. */
export interface CheckedPiece {
  readonly answer: VerifyAnswer;
  readonly payload: Buffer;
  readonly proof?: LegacyProof;
}

/** Evidence that cannot be read is not verified, and no reason to leave out the rest. */
export async function checkPiece(piece: EvidencePiece, digest: Digest, policy: VerifyPolicy): Promise<CheckedPiece> {
  let payload: Buffer = Buffer.alloc(0);
  let proof: LegacyProof | undefined;
  const answer = await answerOf(async () => {
    if (piece.kind === 'legacy') {
      payload = piece.layer.blob;
      const evidence = readLegacyLayer(piece.layer);
      proof = evidence;
      return verifyLegacy(evidence, { kind: 'image', digest }, policy);
    }
    const bundle = parseBundle(piece.json);
    if (bundle.content.kind === 'dsse') payload = Buffer.from(JSON.stringify(dsseToJson(bundle.content.envelope)));
    return verifyBundle(bundle, artifactOfImage(digest), policy);
  });
  return { answer, payload, ...(proof !== undefined && { proof }) };
}

/** The bytes of the statement that a piece holds; undefined for other content. Nothing is checked. @throws ENVELOPE_*, KIT_* */
export function statementBytes(piece: EvidencePiece): Buffer | undefined {
  const { content } = piece.kind === 'legacy' ? readLegacyLayer(piece.layer) : parseBundle(piece.json);
  return content.kind === 'dsse' ? content.envelope.payload : undefined;
}

/** The same by the first of several policies that accepts it; `about` is what they are for. */
export async function checkPieceByAny(
  piece: EvidencePiece,
  digest: Digest,
  policies: readonly VerifyPolicy[],
  about: string,
): Promise<CheckedPiece> {
  let last: Omit<CheckedPiece, 'answer'> = { payload: Buffer.alloc(0) };
  const check = async (policy: VerifyPolicy): Promise<VerifyAnswer> => {
    const { answer, ...rest } = await checkPiece(piece, digest, policy);
    last = rest;
    return answer;
  };
  const answer = await firstAccepted(policies, check, about);
  return { ...last, answer };
}

function artifactOfImage(digest: Digest) {
  const [algorithm = '', value = ''] = digest.split(':');
  return artifactOfDigest(algorithm === 'sha512' ? 'sha512' : 'sha256', value);
}

/** A piece that holds, with the annotations that were signed. */
export function describePiece(verified: Verified, { payload, proof }: Omit<CheckedPiece, 'answer'>): SignedClaims {
  const { statement } = verified;
  if (statement !== undefined) {
    return { verified, payload, annotations: Object.assign({}, ...statement.subjects.map((one) => one.annotations)) };
  }
  const { reference, annotations } = parseSimpleSigning(payload);
  return { verified, payload, reference, annotations, ...(proof !== undefined && { proof }) };
}
