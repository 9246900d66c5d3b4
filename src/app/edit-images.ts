import type { AppContext } from './context.ts';
import type { AppendInput, MutateInput, StoredEdit } from './edit/input.ts';

/** Puts layers on an image and stores the result. @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function appendLayers(input: AppendInput, context: AppContext): Promise<StoredEdit> {
  const { append } = await import('./edit/append.ts');
  return append(input, context);
}

/** Changes how an image runs and what it says of itself, and stores the result. @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function mutateImage(input: MutateInput, context: AppContext): Promise<StoredEdit> {
  const { mutate } = await import('./edit/mutate.ts');
  return mutate(input, context);
}
