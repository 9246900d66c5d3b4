import {
  type EvidencePlace,
  type EvidenceSource,
  openStoredEvidence,
  readVariant,
  registrySource,
  requireManifest,
  type StoredManifest,
} from '../../evidence/index.ts';
import type { Platform, RemoteRepository } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';

/** An image where it was found, and what is beside it. */
export interface OpenedEvidence {
  readonly image: StoredManifest;
  readonly source: EvidenceSource;
  /** The repository that it was found in, which may be a mirror's. */
  readonly repository?: RemoteRepository;
}

/**
 * Opens an image with its evidence; with a platform, the image of an index that is for it.
 * @throws EVIDENCE_LAYOUT_INVALID, EVIDENCE_PLATFORM, EVIDENCE_INCOMPLETE, OCI_*, NET_*, DISK_*
 */
export async function openEvidence(
  place: EvidencePlace,
  context: AppContext,
  platform?: Platform,
): Promise<OpenedEvidence> {
  const opened = await openPlace(place, context);
  if (platform === undefined) return opened;
  return { ...opened, image: await readVariant(opened.source, opened.image, platform) };
}

async function openPlace(place: EvidencePlace, context: AppContext): Promise<OpenedEvidence> {
  if (place.kind === 'layout') {
    const { image, source } = await openStoredEvidence(place.path, place);
    return { source, image: await requireManifest(source, image) };
  }
  const client = await context.registry();
  const { repository, manifest } = await client.open(place.reference, context.signal);
  return { image: manifest, source: registrySource(repository, context.signal), repository };
}
