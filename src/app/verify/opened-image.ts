import { type Digest, formatImageReference, parseImageReference } from '../../core/index.ts';
import { type EvidenceSource, openStoredEvidence, registrySource } from '../../evidence/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageEvidencePlace } from './input.ts';

/** An image whose digest is known, and where to look for what belongs to it. */
export interface OpenedImage {
  readonly digest: Digest;
  /** The reference of an image of this digest in the same place, or the path. */
  readonly nameOf: (digest: Digest) => string;
  /** Where manifests lie. */
  readonly images: EvidenceSource;
  /** Where evidence lies. */
  readonly evidence: EvidenceSource;
}

/** Resolves a tag once. @throws OCI_*, NET_*, DISK_*, EVIDENCE_LAYOUT_INVALID */
export async function openImage(place: ImageEvidencePlace, context: AppContext): Promise<OpenedImage> {
  if (place.kind === 'directory') {
    const { image, source } = await openStoredEvidence(place.path);
    return { digest: image, nameOf: () => place.path, images: source, evidence: source };
  }
  const client = await context.registry();
  const reference = parseImageReference(place.reference);
  const { repository: found, manifest } = await client.open(reference, context.signal);
  // Evidence lies where the image was found, so that a mirror has both or neither.
  const beside = place.repository === undefined ? found : client.repository(parseImageReference(place.repository));
  const { registry, repository } = reference;
  return {
    digest: manifest.digest,
    nameOf: (digest) => formatImageReference({ registry, repository, digest }),
    images: registrySource(found, context.signal),
    evidence: registrySource(beside, context.signal),
  };
}
