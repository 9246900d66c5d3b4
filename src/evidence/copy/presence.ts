import type { Digest } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { mapPooled } from '../../kit/pool.ts';
import type { Part } from './part.ts';
import type { EvidenceTarget, ReferrersBy } from './target.ts';

/** How parts stand at a target, by what it tells now. */
export interface Presence {
  /** Why a part is not there as it should be; parts that are have none. */
  readonly missing: ReadonlyMap<Part, string>;
  readonly referrersBy?: ReferrersBy;
}

const width = 8;

/** Asks a target for each part by digest and by tag, and whether it lists those that speak of others. */
export async function checkPresence(parts: readonly Part[], target: EvidenceTarget): Promise<Presence> {
  const listed = onceForEach((subject: Digest) => target.referrers(subject));
  const missing = new Map<Part, string>();
  await mapPooled(parts, width, async (part) => {
    const reason = await whyMissing(part, target, listed);
    if (reason !== undefined) missing.set(part, reason);
  });
  const referrer = parts.find(({ kind }) => kind === 'referrer');
  if (referrer?.of === undefined) return { missing };
  return { missing, referrersBy: (await listed(referrer.of)).by };
}

async function whyMissing(
  { kind, manifest, tag, of }: Part,
  target: EvidenceTarget,
  listed: (subject: Digest) => ReturnType<EvidenceTarget['referrers']>,
): Promise<string | undefined> {
  const found = await target.digestOf(tag ?? manifest.digest);
  if (found === undefined) return 'it is not there';
  if (found !== manifest.digest) return `the tag ${tag} means ${found}`;
  if (kind !== 'referrer' || of === undefined) return undefined;
  return (await listed(of)).digests.includes(manifest.digest) ? undefined : 'the target does not list it';
}
