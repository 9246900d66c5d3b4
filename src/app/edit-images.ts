import type { AppContext } from './context.ts';
import type {
  AppendInput,
  FlattenInput,
  IndexAppendInput,
  IndexEntry,
  IndexFilterInput,
  IndexSource,
  MutateInput,
  RebaseInput,
  StoredEdit,
} from './edit/input.ts';

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

/** Exchanges the base of an image for another one, and stores the result. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function rebaseImage(input: RebaseInput, context: AppContext): Promise<StoredEdit> {
  const { rebaseOne } = await import('./edit/rebase.ts');
  return rebaseOne(input, context);
}

/** Puts images into an index of a registry or a local layout; the latter has no name. @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_* */
export async function appendToIndex(input: IndexAppendInput, context: AppContext): Promise<StoredEdit | undefined> {
  const { appendIndex } = await import('./edit/index-change.ts');
  return appendIndex(input, context);
}

/** Keeps the images of an index that are for some platforms, and stores the result. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function filterIndex(input: IndexFilterInput, context: AppContext): Promise<StoredEdit> {
  const { keepInIndex } = await import('./edit/index-change.ts');
  return keepInIndex(input, context);
}

/** What an index names, in its order. @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_* */
export async function listIndex(source: IndexSource, context: AppContext): Promise<readonly IndexEntry[]> {
  const { entriesOfIndex } = await import('./edit/index-list.ts');
  return entriesOfIndex(source, context);
}

/** Makes one layer of all layers of an image, or of each image of an index, and stores the result. @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function flattenImage(input: FlattenInput, context: AppContext): Promise<StoredEdit> {
  const { flattenAll } = await import('./edit/flatten.ts');
  return flattenAll(input, context);
}
