import type { AppContext } from './context.ts';
import type { ImageCover, RotationInput } from './rotate/input.ts';

/** Which images of these places the old key alone covers, the new one, both, or neither. @throws OCI_*, NET_*, DISK_*, TRUST_* */
export async function keyCover(input: RotationInput, context: AppContext): Promise<readonly ImageCover[]> {
  const { coverOf } = await import('./rotate/cover.ts');
  return coverOf(input, context);
}
