import { statPath } from '../../disk/index.ts';
import { type EditedIndex, loadEditing, loadMoving, type StoredContent } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { usualJobs } from '../images/input.ts';
import { type IndexAddition, openAddition } from './index-entries.ts';
import { openIndex, storeIndex } from './index-store.ts';
import type { IndexAppendInput, IndexFilterInput, IndexSource, StoredEdit } from './input.ts';
import { targetOf } from './store.ts';

/** Undefined for the index of a local layout, which has no name. @throws CORE_REFERENCE_INVALID, OCI_EDIT_REFUSED, OCI_*, NET_*, DISK_* */
export async function appendIndex(input: IndexAppendInput, context: AppContext): Promise<StoredEdit | undefined> {
  const opened: Opened[] = [];
  try {
    for (const source of input.manifests) opened.push(await openAddition(source, input.flatten ?? true, context));
    const additions = opened.flatMap((each) => each.additions);
    if (input.base === undefined || !(await isLocal(input.base))) return await appendRemote(input, additions, context);
    await appendLocal(input.base.path, additions, context);
    return undefined;
  } finally {
    for (const { close } of opened) close();
  }
}

/** What is there, or is written as a path is. */
async function isLocal({ name, path }: IndexSource): Promise<boolean> {
  return (await statPath(path)) !== undefined || /^[./]/.test(name);
}

async function appendRemote(
  input: IndexAppendInput,
  additions: readonly IndexAddition[],
  context: AppContext,
): Promise<StoredEdit> {
  const { appendEntries } = await loadEditing();
  const target = targetOf(input.base?.name ?? '', input.target, input);
  const { index, content } = await openBase(input, context);
  const entries = additions.map(({ entry }) => entry);
  const added = additions.map((addition) => addition.content);
  return storeIndex(appendEntries(index, entries), { ...content, added }, target, context);
}

/** A layout that is not there is made. */
async function appendLocal(path: string, additions: readonly IndexAddition[], { signal }: AppContext): Promise<void> {
  const { writeLayout } = await loadMoving();
  const contents = additions.map(({ entry, content }) => ({
    content: { ...content, ...(entry.platform !== undefined && { entry: { platform: entry.platform } }) },
  }));
  await writeLayout(path, contents, { jobs: usualJobs, ...(signal !== undefined && { signal }) });
}

interface Opened {
  readonly additions: readonly IndexAddition[];
  close(): void;
}

interface Base {
  readonly index: EditedIndex;
  readonly content: { readonly base?: StoredContent };
}

async function openBase({ base, emptyBase = 'oci' }: IndexAppendInput, context: AppContext): Promise<Base> {
  const { emptyIndex } = await loadEditing();
  if (base === undefined) return { index: emptyIndex(emptyBase), content: {} };
  const { index, content } = await openIndex(base.name, context);
  return { index, content: { base: content } };
}

/** @throws CORE_REFERENCE_INVALID, OCI_EDIT_REFUSED, OCI_*, NET_* */
export async function keepInIndex(input: IndexFilterInput, context: AppContext): Promise<StoredEdit> {
  const { keepPlatforms } = await loadEditing();
  const target = targetOf(input.index, input.target, input);
  const { index, content } = await openIndex(input.index, context);
  return storeIndex(keepPlatforms(index, input.platforms), { base: content, added: [] }, target, context);
}
