import { isAppError } from '../core/index.ts';
import type { RemoteRepository } from '../oci/index.ts';
import { discoverEvidence } from './discover.ts';
import { registrySource } from './registry-source.ts';
import { type LegacySuffix, legacyTag, type StoredManifest } from './source.ts';

/** Which evidence is removed; `referrer` stands for bundles that speak of the image. */
export type CleanKind = (typeof cleanKinds)[number];

export const cleanKinds = ['all', 'signature', 'attestation', 'referrer', 'sbom'] as const;

/** What became of one piece. */
export interface Cleaned {
  /** A tag, or a digest. */
  readonly reference: string;
  readonly removed: boolean;
  /** Why it is still there. */
  readonly reason?: string;
}

export interface CleanOutcome {
  readonly cleaned: readonly Cleaned[];
  /** Bundles that were not asked for, and are still there. */
  readonly left: number;
}

const suffixesOf: Readonly<Record<CleanKind, readonly LegacySuffix[]>> = {
  all: ['sig', 'att', 'sbom'],
  signature: ['sig'],
  attestation: ['att'],
  referrer: [],
  sbom: ['sbom'],
};

/** Removes evidence of an image; what a registry refuses to remove is told. @throws OCI_*, NET_* */
export async function cleanEvidence(
  repository: RemoteRepository,
  image: Pick<StoredManifest, 'digest'>,
  kind: CleanKind,
  signal?: AbortSignal,
): Promise<CleanOutcome> {
  const pieces = await discoverEvidence(registrySource(repository, signal), image.digest, []);
  const bundles = pieces.flatMap((piece) => (piece.kind === 'bundle' ? [piece.manifest] : []));
  const isAsked = kind === 'all' || kind === 'referrer';
  const cleaned: Cleaned[] = [];
  // In turn: each removal rewrites the list of referrers where it is kept under a tag.
  for (const suffix of suffixesOf[kind]) cleaned.push(...(await removeTag(repository, image, suffix, signal)));
  for (const digest of isAsked ? bundles : []) {
    cleaned.push(...(await tell(digest, () => repository.deleteManifest(digest, signal))));
  }
  return { cleaned, left: isAsked ? 0 : bundles.length };
}

/** Registries of before 2.8 delete by digest only; what the tag means is never the image itself, whatever somebody put there. */
async function removeTag(
  repository: RemoteRepository,
  image: Pick<StoredManifest, 'digest'>,
  suffix: LegacySuffix,
  signal?: AbortSignal,
): Promise<Cleaned[]> {
  const tag = legacyTag(image.digest, suffix);
  return tell(tag, async () => {
    const head = await repository.head(tag, signal);
    if (head === undefined) return false;
    try {
      return await repository.deleteManifest(tag, signal);
    } catch (error) {
      if (!isAppError(error, 'OCI_REGISTRY_REFUSED')) throw error;
      const digest = head.digest ?? (await repository.manifest(tag, signal)).digest;
      if (digest === image.digest) throw error;
      return repository.deleteManifest(digest, signal);
    }
  });
}

async function tell(reference: string, remove: () => Promise<boolean>): Promise<Cleaned[]> {
  try {
    return (await remove()) ? [{ reference, removed: true }] : [];
  } catch (error) {
    if (!isAppError(error, 'OCI_REGISTRY_REFUSED') && !isAppError(error, 'OCI_FORBIDDEN')) throw error;
    return [{ reference, removed: false, reason: error.message }];
  }
}
