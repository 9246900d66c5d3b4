import type { CopyOutcome } from '../evidence/index.ts';
import type { AppContext } from './context.ts';
import type { CopyImageInput } from './evidence/input.ts';

/**
 * Copies an image with its evidence in every layout, then asks the target for each piece by digest.
 * @throws EVIDENCE_*, OCI_*, NET_*, DISK_*, CORE_REFERENCE_INVALID
 */
export async function copyImage(input: CopyImageInput, context: AppContext): Promise<CopyOutcome> {
  const { copyWithEvidence } = await import('./evidence/copy.ts');
  return copyWithEvidence(input, context);
}
