import type { NamedImages } from '../pin/index.ts';
import type { VerifyAnswer } from '../verify/index.ts';
import type { AppContext } from './context.ts';
import type { ImageVerification, NamedImagesInput, VerifyBlobInput, VerifyImageInput } from './verify/input.ts';

/**
 * Whether a bundle proves who signed a file; bundles that cosign wrote before version 3 are read too.
 * @throws DISK_*, ENVELOPE_*, KIT_JSON_INVALID, TRUST_*
 */
export async function verifyBlob(input: VerifyBlobInput, context: AppContext): Promise<VerifyAnswer> {
  const { verifyBlobFile } = await import('./verify/blob.ts');
  return verifyBlobFile(input, context);
}

/**
 * Whether an image is signed by whom the input names: all evidence in both layouts is tried.
 * @throws OCI_*, NET_*, DISK_*, EVIDENCE_*, TRUST_*
 */
export async function verifyImage(input: VerifyImageInput, context: AppContext): Promise<ImageVerification> {
  const { verifyImageEvidence } = await import('./verify/image.ts');
  return verifyImageEvidence(input, context);
}

/** The images that a Dockerfile or a manifest of Kubernetes names. @throws CORE_REFERENCE_INVALID, DISK_*, PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN */
export async function namedImages(input: NamedImagesInput): Promise<NamedImages> {
  const { readNamedImages } = await import('./verify/named-images.ts');
  return readNamedImages(input);
}
