import type { AppContext } from './context.ts';
import type { SignBundleInput, SignedImage, SignImageInput } from './sign/input.ts';

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
