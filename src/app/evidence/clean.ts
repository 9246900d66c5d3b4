import { parseImageReference } from '../../core/index.ts';
import { type CleanOutcome, cleanEvidence } from '../../evidence/index.ts';
import type { AppContext } from '../context.ts';
import type { CleanInput } from './input.ts';

/** Removes evidence of an image where its name says, not at a mirror. @throws OCI_*, NET_* */
export async function removeEvidence({ image, kind }: CleanInput, context: AppContext): Promise<CleanOutcome> {
  const reference = parseImageReference(image);
  const client = await context.registry();
  const digest = reference.digest ?? (await client.resolve(reference, context.signal));
  return cleanEvidence(client.repository(reference), { digest }, kind, context.signal);
}
