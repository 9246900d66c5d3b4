import type { AppContext } from './context.ts';
import type {
  AttestBlobInput,
  AttestImageInput,
  MadeSignature,
  SignBlobInput,
  SignBundleInput,
  SignedImage,
  SignImageInput,
} from './sign/input.ts';

/** Signs a file without a key of one's own, and writes a Sigstore bundle. @throws DISK_*, TRUST_*, NET_*, VERIFY_* */
export async function signBundle(input: SignBundleInput, context: AppContext): Promise<void> {
  const { signFile } = await import('./sign/bundle.ts');
  return signFile(input, context);
}

/**
 * Signs an image, in either layout of cosign, by a key or by who a token names; what was signed is verified before it is
 * put beside the image. @throws OCI_*, NET_*, DISK_*, TRUST_*, SIGN_*, VERIFY_*
 */
export async function signImage(input: SignImageInput, context: AppContext): Promise<SignedImage[]> {
  const { signImages } = await import('./sign/image.ts');
  return signImages(input, context);
}

/** Signs a statement about an image. @throws OCI_*, NET_*, DISK_*, TRUST_*, SIGN_*, VERIFY_* */
export async function attestImage(input: AttestImageInput, context: AppContext): Promise<SignedImage> {
  const { attestOne } = await import('./sign/attest.ts');
  return attestOne(input, context);
}

/** Signs a file's bytes. @throws NET_*, DISK_*, TRUST_*, VERIFY_* */
export async function signBlob(input: SignBlobInput, context: AppContext): Promise<MadeSignature> {
  const { signBytes } = await import('./sign/blob.ts');
  return signBytes(input, context);
}

/** Signs a statement about a file. @throws NET_*, DISK_*, TRUST_*, SIGN_*, ENVELOPE_STATEMENT_INVALID, VERIFY_* */
export async function attestBlob(input: AttestBlobInput, context: AppContext): Promise<MadeSignature> {
  const { attestBytes } = await import('./sign/blob.ts');
  return attestBytes(input, context);
}
