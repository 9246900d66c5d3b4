import { type AppError, isAppError, parseImageReference } from '../../core/index.ts';
import { type EvidencePiece as FoundPiece, signatureType } from '../../evidence/index.ts';
import { once, onceForEach } from '../../kit/memoize.ts';
import { mapPooled } from '../../kit/pool.ts';
import {
  type EvidenceNeed,
  type EvidencePiece,
  type Fact,
  type Gather,
  type JsonObject,
  type Need,
  needKey,
} from '../../policy/index.ts';
import type { TrustedRoot } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import { type CheckedPiece, checkPiece, describePiece, statementBytes } from '../verify/pieces.ts';
import { type FindVerdict, statementDigest } from './attested-verdict.ts';
import { type ImageSource, openImageSource } from './image-source.ts';
import { toVerifyPolicy } from './trust.ts';

/** Where facts come from. */
export interface FactSources {
  /** Read when something is demanded that a policy does not bring itself. @throws DISK_*, TRUST_* */
  readonly trustedRoot: () => Promise<TrustedRoot>;
  /** Directories by the name of the image that they hold. */
  readonly layouts: Readonly<Record<string, string>>;
  /** An object of the cluster; undefined when there is none. @throws POLICY_FACT_MISSING when it cannot be told */
  readonly object: (need: Need & { readonly kind: 'object' }) => Promise<JsonObject | undefined>;
  readonly verdict: FindVerdict;
}

const width = 10;

/**
 * Gathers what judging needs. Evidence of an image is fetched once for all policies; a failure is an unknown fact, and so
 * is everything that the network does not tell.
 */
export function makeGatherer(sources: FactSources, context: AppContext): Gather {
  const images = openImageSource(sources.layouts, context);
  const root = once(sources.trustedRoot);
  const gather = onceForEach(async (key: string): Promise<Fact> => {
    const need = JSON.parse(key) as Need;
    try {
      return await find(need, { ...sources, trustedRoot: root }, images, context);
    } catch (error) {
      context.signal?.throwIfAborted();
      if (!isAppError(error)) throw error;
      return { kind: 'unknown', reason: toReason(error) };
    }
  });
  return async (needs) => {
    const keys = needs.map(needKey);
    const facts = await mapPooled(keys, width, gather);
    return new Map(facts.map((fact, index) => [keys[index] ?? '', fact]));
  };
}

async function find(need: Need, sources: FactSources, images: ImageSource, context: AppContext): Promise<Fact> {
  switch (need.kind) {
    case 'digest':
      return { kind: 'digest', digest: await images.digest(parseImageReference(need.image)) };
    case 'evidence':
      return { kind: 'evidence', pieces: await verifiedPieces(need, sources, images, context) };
    case 'content':
      return { kind: 'content', content: await images.content(parseImageReference(need.image)) };
    case 'verdict':
      return { kind: 'verdict', verdict: await sources.verdict(need, images, context) };
    case 'object':
      return { kind: 'object', object: await sources.object(need) };
  }
}

async function verifiedPieces(
  need: EvidenceNeed,
  sources: FactSources,
  images: ImageSource,
  { clock }: AppContext,
): Promise<EvidencePiece[]> {
  const { digest, ...reference } = parseImageReference(need.image);
  if (digest === undefined) return [];
  const pieces = await images.evidence({ ...reference, digest }, need.repository);
  const policy = await toVerifyPolicy(need.proof, clock.now(), sources.trustedRoot);
  return mapPooled(pieces, width, async (piece) => toPiece(piece, await checkPiece(piece, digest, policy)));
}

function toPiece(found: FoundPiece, { answer, ...checked }: CheckedPiece): EvidencePiece {
  if (answer.outcome === 'not-verified') return { outcome: 'refused', reasons: answer.reasons };
  const { annotations } = describePiece(answer, checked);
  const type = answer.statement?.predicateType ?? signatureType;
  const kind = type === signatureType ? 'signature' : 'attestation';
  const bytes = answer.statement === undefined ? undefined : statementBytes(found);
  const statement = bytes === undefined ? {} : { statement: statementDigest(bytes) };
  return { outcome: 'verified', verified: answer, signed: { kind, annotations, ...statement } };
}

function toReason({ code, message, hint, data }: AppError) {
  return { code, message, hint, data };
}
