import { type ImageReference, parseImageReference } from '../../core/index.ts';
import { loadEditing, type SealedImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { PushChoice, StoredEdit } from './input.ts';

/** Where an edited image goes. */
export interface Target extends PushChoice {
  readonly reference: ImageReference;
  /** Stores it under its own digest, whatever the reference says. */
  readonly byDigest?: boolean;
}

/** Sends an edited image to its registry. @throws OCI_*, NET_* */
export async function storeEdited(image: SealedImage, target: Target, context: AppContext): Promise<StoredEdit> {
  const { reference, byDigest = false, allowForeign = false } = target;
  const { pushEdited } = await loadEditing();
  const repository = (await context.registry()).repository(reference);
  const { registry, repository: name, digest, tag = 'latest' } = reference;
  const { signal } = context;
  const under = byDigest ? image.digest : (digest ?? tag);
  await pushEdited(image, repository, under, { allowForeign, ...(signal !== undefined && { signal }) });
  return { registry, repository: name, digest: image.digest };
}

/** What an image is replaced by when nothing is said: its tag, or where it was named by digest the new one. */
export function targetOf(image: string, target: string | undefined): Pick<Target, 'reference' | 'byDigest'> {
  const reference = parseImageReference(target ?? image);
  return { reference, byDigest: reference.digest !== undefined };
}
