import type { Digest } from '../../core/index.ts';
import { type ListedImage, listImages } from '../../evidence/index.ts';
import { failedPlatform, mainReason, type NotVerified } from '../../verify/index.ts';
import type { ImageVerification } from './input.ts';
import type { OpenedImage } from './opened-image.ts';

/** Demands of every image in an index what holds of the index itself; the first that does not hold ends it. @throws EVIDENCE_*, OCI_*, NET_* */
export async function withListedImages(
  found: ImageVerification,
  { images, digest }: OpenedImage,
  verify: (digest: Digest) => Promise<ImageVerification>,
): Promise<ImageVerification> {
  const evidence = found.answer.outcome === 'verified' ? [...found.answer.evidence] : [];
  for (const listed of await listImages(images, digest)) {
    const { answer, pieces } = await verify(listed.digest);
    if (answer.outcome === 'not-verified') return { ...found, answer: ofPlatform(answer, pieces, listed) };
    evidence.push(...answer.evidence);
  }
  return { ...found, answer: { outcome: 'verified', evidence } };
}

function ofPlatform({ reasons }: NotVerified, pieces: number, { digest, platform }: ListedImage): NotVerified {
  const reason = pieces === 0 ? 'it has no signature' : (mainReason(reasons)?.message ?? '');
  return { outcome: 'not-verified', reasons: [failedPlatform({ digest, platform, reason }), ...reasons] };
}
