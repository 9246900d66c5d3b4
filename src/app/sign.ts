import type { AppContext } from './context.ts';
import type { SignBundleInput } from './sign/input.ts';

/** Signs a file without a key of one's own, and writes a Sigstore bundle. @throws DISK_*, TRUST_*, NET_*, VERIFY_* */
export async function signBundle(input: SignBundleInput, context: AppContext): Promise<void> {
  const { signFile } = await import('./sign/bundle.ts');
  return signFile(input, context);
}
