import { parseImageReference } from '../../core/index.ts';
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
  { platform, repository }: EvidenceWish = {},
): Promise<OpenedEvidence> {
  const found = await openPlace(place, context);
  const source = repository === undefined ? found.source : await openBeside(repository, found.source, context);
  const image = platform === undefined ? found.image : await readVariant(found.source, found.image, platform);
  return { ...found, image, source };
}

export interface EvidenceWish {
  readonly platform?: Platform;
  /** Where the evidence is kept when it is not beside the image. */
  readonly repository?: string;
}

/** Evidence of another repository; the manifests of the image itself are where it is. */
async function openBeside(name: string, image: EvidenceSource, context: AppContext): Promise<EvidenceSource> {
  const repository = (await context.registry()).repository(parseImageReference(name));
  const beside = registrySource(repository, context.signal);
  return { ...beside, manifest: async (digest) => (await beside.manifest(digest)) ?? image.manifest(digest) };
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
