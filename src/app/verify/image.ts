import { formatImageReference, parseImageReference } from '../../core/index.ts';
import { discoverEvidence, openStoredEvidence, registrySource, signatureType } from '../../evidence/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { countSigners, unfulfilled, type VerifyAnswer } from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageVerification, VerifyImageInput } from './input.ts';
import { checkPiece, describePiece } from './pieces.ts';
import { readConditions, toPolicy } from './policy.ts';

/** The tags tell signatures from attestations; a bundle tells it inside. */
const suffixesOf = { signature: ['sig'], attestation: ['att'], any: ['sig', 'att'] } as const;
const width = 10;

/**
 * Whether an image is signed by whom the input names: all evidence in both layouts is tried.
 * @throws OCI_*, NET_*, DISK_*, EVIDENCE_*, TRUST_*
 */
export async function verifyImageEvidence(input: VerifyImageInput, context: AppContext): Promise<ImageVerification> {
  const { annotations, wanted } = input;
  const conditions = await readConditions(input.conditions ?? []);
  // Keys and roots are read while a registry is waited for.
  const [stated, { name, digest, pieces }] = await Promise.all([
    toPolicy(input, context, false),
    gather(input, context),
  ]);
  const policy = { ...stated, ...(annotations !== undefined && { annotations }) };
  const checked = await mapPooled(pieces, width, (piece) => checkPiece(piece, digest, policy));
  const counted = checked.filter(({ answer }) => counts(answer, wanted));
  const result = countSigners(
    counted.map(({ answer }) => answer),
    input.signers,
  );
  const hasBundles = pieces.some(({ kind }) => kind === 'bundle');
  const found = { name, digest, pieces: counted.length, hasBundles };
  if (result.outcome === 'not-verified') return { ...found, answer: result };
  const [reason, ...others] = result.verified.flatMap(({ statement }) => unfulfilled(statement, conditions));
  if (reason !== undefined) return { ...found, answer: { outcome: 'not-verified', reasons: [reason, ...others] } };
  const evidence = counted.flatMap(({ answer, payload }) =>
    answer.outcome === 'verified' ? [describePiece(answer, payload)] : [],
  );
  return { ...found, answer: { outcome: 'verified', evidence } };
}

async function gather({ image: place, wanted }: VerifyImageInput, context: AppContext) {
  const suffixes = suffixesOf[wanted];
  if (place.kind === 'directory') {
    const { image, source } = await openStoredEvidence(place.path);
    return { name: place.path, digest: image, pieces: await discoverEvidence(source, image, suffixes) };
  }
  const client = await context.registry();
  const reference = parseImageReference(place.reference);
  const { repository: found, manifest } = await client.open(reference, context.signal);
  const { digest } = manifest;
  // Evidence lies where the image was found, so that a mirror has both or neither.
  const beside = place.repository === undefined ? found : client.repository(parseImageReference(place.repository));
  const { registry, repository } = reference;
  return {
    name: formatImageReference({ registry, repository, digest }),
    digest,
    pieces: await discoverEvidence(registrySource(beside, context.signal), digest, suffixes),
  };
}

/** A statement counts as a signature when it states nothing else. */
function counts(answer: VerifyAnswer, wanted: VerifyImageInput['wanted']): boolean {
  if (wanted === 'any' || answer.outcome === 'not-verified' || answer.statement === undefined) return true;
  return (answer.statement.predicateType === signatureType) === (wanted === 'signature');
}
