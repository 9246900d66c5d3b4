import { type Digest, parseImageReference, repositoryName } from '../../core/index.ts';
import { discoverEvidence, type EvidencePiece, signatureType } from '../../evidence/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { type Condition, countSigners, unfulfilled, type VerifyAnswer, type VerifyPolicy } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageVerification, VerifyImageInput } from './input.ts';
import { type OpenedImage, openImage } from './opened-image.ts';
import { checkPieceByAny, describePiece } from './pieces.ts';
import { readConditions, toPolicies } from './policy.ts';

/** The tags tell signatures from attestations; a bundle tells it inside. */
const suffixesOf = { signature: ['sig'], attestation: ['att'], any: ['sig', 'att'] } as const;
const width = 10;

/** What evidence must fulfil, whatever image it is of. */
interface Demands {
  readonly input: Pick<VerifyImageInput, 'wanted' | 'signers'>;
  /** One of them must hold. */
  readonly policies: readonly VerifyPolicy[];
  readonly conditions: readonly Condition[];
}

/**
 * Whether an image is signed by whom the input names: all evidence in both layouts is tried.
 * @throws OCI_*, NET_*, DISK_*, EVIDENCE_*, TRUST_*
 */
export async function verifyImageEvidence(input: VerifyImageInput, context: AppContext): Promise<ImageVerification> {
  const { annotations, strict = false } = input;
  const conditions = await readConditions(input.conditions ?? []);
  // Keys and roots are read while a registry is waited for.
  const name = nameOf(input.image);
  const [stated, { opened, pieces }] = await Promise.all([
    toPolicies(input, context, { hasStamps: false, ...(name !== undefined && { repository: name }) }),
    gather(input, context),
  ]);
  const policies = stated.map((policy) => ({
    ...policy,
    ...(annotations !== undefined && { annotations }),
    ...(strict && name !== undefined && { name }),
  }));
  const demands = { input, policies, conditions };
  const found = await judge(opened.nameOf(opened.digest), opened.digest, pieces, demands);
  if (!strict || found.answer.outcome === 'not-verified') return found;
  const { withListedImages } = await import('./listed-images.ts');
  return withListedImages(found, opened, async (digest) =>
    judge(opened.nameOf(digest), digest, await discover(opened, digest, input), demands),
  );
}

/** The repository that was asked for, where it was one. @throws CORE_REFERENCE_INVALID */
function nameOf(place: VerifyImageInput['image']): string | undefined {
  return place.kind === 'registry' ? repositoryName(parseImageReference(place.reference)) : place.repository;
}

async function gather(input: VerifyImageInput, context: AppContext) {
  const opened = await openImage(input.image, context);
  return { opened, pieces: await discover(opened, opened.digest, input) };
}

function discover(opened: OpenedImage, digest: Digest, { wanted }: Demands['input']): Promise<EvidencePiece[]> {
  return discoverEvidence(opened.evidence, digest, suffixesOf[wanted]);
}

/** What all the evidence of one digest comes to. */
async function judge(
  name: string,
  digest: Digest,
  pieces: readonly EvidencePiece[],
  { input, policies, conditions }: Demands,
): Promise<ImageVerification> {
  const checked = await mapPooled(pieces, width, (piece) => checkPieceByAny(piece, digest, policies, name));
  const counted = checked.filter(({ answer }) => counts(answer, input.wanted));
  const result = countSigners(
    counted.map(({ answer }) => answer),
    input.signers,
  );
  const hasBundles = pieces.some(({ kind }) => kind === 'bundle');
  const found = { name, digest, pieces: counted.length, hasBundles };
  if (result.outcome === 'not-verified') return { ...found, answer: result };
  const [reason, ...others] = result.verified.flatMap(({ statement }) => unfulfilled(statement, conditions));
  if (reason !== undefined) return { ...found, answer: { outcome: 'not-verified', reasons: [reason, ...others] } };
  const evidence = counted.flatMap(({ answer, ...piece }) =>
    answer.outcome === 'verified' ? [{ name, digest, ...describePiece(answer, piece) }] : [],
  );
  return { ...found, answer: { outcome: 'verified', evidence } };
}

/** A statement counts as a signature when it states nothing else. */
function counts(answer: VerifyAnswer, wanted: VerifyImageInput['wanted']): boolean {
  if (wanted === 'any' || answer.outcome === 'not-verified' || answer.statement === undefined) return true;
  return (answer.statement.predicateType === signatureType) === (wanted === 'signature');
}
