import { type CopyOutcome, copyParts, layoutTarget, parsePlace } from '../../evidence/index.ts';
import type { AppContext } from '../context.ts';
import { copyWithEvidence } from './copy.ts';
import type { SaveInput } from './input.ts';
import { openEvidence } from './open.ts';

/** Writes an image with all that belongs to it to a directory, as `cosign save` lays it out. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export async function saveWithEvidence(
  { image: name, directory }: SaveInput,
  context: AppContext,
): Promise<CopyOutcome> {
  const { source, image } = await openEvidence(parsePlace(name), context);
  const target = await layoutTarget(directory, { saved: image.digest });
  return copyParts(source, image, target, { force: true });
}

/** Brings what was saved to a registry; tags are replaced, as cosign does. @throws EVIDENCE_*, OCI_*, NET_*, DISK_* */
export function loadWithEvidence({ image, directory }: SaveInput, context: AppContext): Promise<CopyOutcome> {
  return copyWithEvidence({ from: `oci:${directory}/`, to: image, force: true }, context);
}
