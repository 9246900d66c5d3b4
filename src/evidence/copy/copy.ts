import { evidenceError } from '../errors.ts';
import type { EvidenceSource, StoredManifest } from '../source.ts';
import { type Gathered, type GatherOptions, gatherParts } from './gather.ts';
import { type CopyOutcome, describePart, type PartOutcome, type PartState } from './outcome.ts';
import type { Part } from './part.ts';
import { checkPresence, type Presence } from './presence.ts';
import type { EvidenceTarget } from './target.ts';
import { Transfer } from './transfer.ts';

export interface CopyOptions extends GatherOptions {
  /** The name of the image at the target; the digest alone unless given. */
  readonly tag?: string;
  /** Replaces tags that mean something else. */
  readonly force?: boolean;
  /** Writes nothing. */
  readonly dryRun?: boolean;
}

/**
 * Copies an image with all that belongs to it, then asks the target for every piece.
 * @throws EVIDENCE_TAG_TAKEN, EVIDENCE_TOO_MUCH, OCI_*, NET_*, DISK_*
 */
export async function copyParts(
  source: EvidenceSource,
  image: StoredManifest,
  target: EvidenceTarget,
  options: CopyOptions,
): Promise<CopyOutcome> {
  const gathered = await gatherParts(source, image, options);
  const before = await checkPresence(gathered.parts, target);
  if (options.force !== true) await assertFree(gathered.parts, target, options.tag);
  const transfer = new Transfer(source, target);
  if (options.dryRun === true) {
    return { ...toOutcome(gathered, { before, state: 'planned' }), ...transfer.traffic };
  }
  await transfer.put(gathered.parts.filter((part) => before.missing.has(part)));
  await target.finish(image, options.tag);
  const after = await checkPresence(gathered.parts, target);
  if (options.tag !== undefined && (await target.digestOf(options.tag)) !== image.digest) {
    throw evidenceError('EVIDENCE_TAG_NOT_KEPT', { data: { tag: options.tag, digest: image.digest } });
  }
  const { refused } = transfer;
  return { ...toOutcome(gathered, { before, after, refused, state: 'copied' }), ...transfer.traffic };
}

/** @throws EVIDENCE_TAG_TAKEN */
async function assertFree(parts: readonly Part[], target: EvidenceTarget, tag: string | undefined): Promise<void> {
  const wanted = parts.flatMap((part) => (part.tag === undefined ? [] : [{ tag: part.tag, part }]));
  const image = parts[0] as Part;
  for (const { tag: name, part } of tag === undefined ? wanted : [{ tag, part: image }, ...wanted]) {
    const found = await target.digestOf(name);
    if (found !== undefined && found !== part.manifest.digest) {
      throw evidenceError('EVIDENCE_TAG_TAKEN', { data: { tag: name, found, digest: part.manifest.digest } });
    }
  }
}

interface Standing {
  readonly before: Presence;
  readonly after?: Presence;
  readonly refused?: ReadonlyMap<Part, string>;
  /** Of what was brought, or would be. */
  readonly state: PartState;
}

function toOutcome(
  { parts, absent }: Gathered,
  { before, after, refused, state }: Standing,
): Pick<CopyOutcome, 'digest' | 'parts' | 'referrersBy'> {
  const outcomes = parts.map((part): PartOutcome => {
    const reason = refused?.get(part) ?? after?.missing.get(part);
    if (reason !== undefined) return { ...describePart(part), state: 'lost', reason };
    return { ...describePart(part), state: before.missing.has(part) ? state : 'present' };
  });
  const gone = absent.map((part): PartOutcome => ({ ...part, state: 'absent', reason: 'the source does not have it' }));
  const referrersBy = after?.referrersBy ?? before.referrersBy;
  return {
    digest: (parts[0] as Part).manifest.digest,
    parts: [...outcomes, ...gone],
    ...(referrersBy !== undefined && { referrersBy }),
  };
}
