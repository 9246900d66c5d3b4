import { type Digest, formatImageReference, parseImageReference } from '../../core/index.ts';
import { dsseToJson, parseBundle, parseSimpleSigning, readLegacyLayer } from '../../envelope/index.ts';
import { discoverEvidence, type EvidencePiece, openStoredEvidence, registrySource } from '../../evidence/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import {
  answerOf,
  artifactOfDigest,
  countSigners,
  type Verified,
  type VerifyAnswer,
  type VerifyPolicy,
  verifyBundle,
  verifyLegacy,
} from '../../verify/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageEvidence, ImageVerification, VerifyImageInput } from './input.ts';
import { toPolicy } from './policy.ts';

/** The type of the statement that cosign 3 signs images with. */
const signatureType = 'https://sigstore.dev/cosign/sign/v1';
/** The tags tell signatures from attestations; a bundle tells it inside. */
const suffixesOf = { signature: ['sig'], attestation: ['att'], any: ['sig', 'att'] } as const;
const width = 10;

/**
 * Whether an image is signed by whom the input names: all evidence in both layouts is tried.
 * @throws OCI_*, NET_*, DISK_*, EVIDENCE_*, TRUST_*
 */
export async function verifyImageEvidence(input: VerifyImageInput, context: AppContext): Promise<ImageVerification> {
  const { name, digest, pieces } = await gather(input, context);
  const { annotations, wanted } = input;
  const policy = { ...(await toPolicy(input, context, false)), ...(annotations !== undefined && { annotations }) };
  const checked = await mapPooled(pieces, width, (piece) => checkPiece(piece, digest, policy));
  const counted = checked.filter(({ answer }) => counts(answer, wanted));
  const result = countSigners(
    counted.map(({ answer }) => answer),
    input.signers,
  );
  const hasBundles = pieces.some(({ kind }) => kind === 'bundle');
  const found = { name, digest, pieces: counted.length, hasBundles };
  if (result.outcome === 'not-verified') return { ...found, answer: result };
  const evidence = counted.flatMap(({ answer, payload }) =>
    answer.outcome === 'verified' ? [describe(answer, payload)] : [],
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

interface Checked {
  readonly answer: VerifyAnswer;
  readonly payload: Buffer;
}

/** A statement counts as a signature when it states nothing else. */
function counts(answer: VerifyAnswer, wanted: VerifyImageInput['wanted']): boolean {
  if (wanted === 'any' || answer.outcome === 'not-verified' || answer.statement === undefined) return true;
  return (answer.statement.predicateType === signatureType) === (wanted === 'signature');
}

/** Evidence that cannot be read is not verified, and no reason to leave out the rest. */
async function checkPiece(piece: EvidencePiece, digest: Digest, policy: VerifyPolicy): Promise<Checked> {
  let payload: Buffer = Buffer.alloc(0);
  const answer = await answerOf(async () => {
    if (piece.kind === 'legacy') {
      payload = piece.layer.blob;
      return verifyLegacy(readLegacyLayer(piece.layer), { kind: 'image', digest }, policy);
    }
    const bundle = parseBundle(piece.json);
    if (bundle.content.kind === 'dsse') payload = Buffer.from(JSON.stringify(dsseToJson(bundle.content.envelope)));
    return verifyBundle(bundle, artifactOfImage(digest), policy);
  });
  return { answer, payload };
}

function artifactOfImage(digest: Digest) {
  const [algorithm = '', value = ''] = digest.split(':');
  return artifactOfDigest(algorithm === 'sha512' ? 'sha512' : 'sha256', value);
}

function describe(verified: Verified, payload: Buffer): ImageEvidence {
  const { statement } = verified;
  if (statement !== undefined) {
    return { verified, payload, annotations: Object.assign({}, ...statement.subjects.map((one) => one.annotations)) };
  }
  const { reference, annotations } = parseSimpleSigning(payload);
  return { verified, payload, reference, annotations };
}
