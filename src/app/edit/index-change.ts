import { statPath } from '../../disk/index.ts';
import { type EditedIndex, loadEditing, type StoredContent } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { type IndexAddition, openAddition } from './index-entries.ts';
import { openIndex, storeIndex } from './index-store.ts';
import type { IndexAppendInput, IndexFilterInput, StoredEdit } from './input.ts';
import { targetOf } from './store.ts';

/** @throws CORE_REFERENCE_INVALID, OCI_EDIT_REFUSED, OCI_*, NET_*, DISK_* */
export async function appendIndex(input: IndexAppendInput, context: AppContext): Promise<StoredEdit> {
  const { appendEntries } = await loadEditing();
  const { index, content } = await openBase(input, context);
  const target = targetOf(input.base?.name ?? '', input.target);
  const opened: Opened[] = [];
  try {
    for (const source of input.manifests) opened.push(await openAddition(source, input.flatten ?? true, context));
    const additions = opened.flatMap((each) => each.additions);
    const changed = appendEntries(
      index,
      additions.map(({ entry }) => entry),
    );
    const sources = { ...content, added: additions.map((addition) => addition.content) };
    return await storeIndex(changed, sources, { ...target, allowForeign: input.allowForeign ?? false }, context);
  } finally {
    for (const { close } of opened) close();
  }
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
  const { emptyIndex, refuseEdit } = await loadEditing();
  if (base === undefined) return { index: emptyIndex(emptyBase), content: {} };
  if ((await statPath(base.path)) !== undefined || /^[./]/.test(base.name)) {
    throw refuseEdit(base.name, 'an index is changed in a registry only', 'Push the layout first.');
  }
  const { index, content } = await openIndex(base.name, context);
  return { index, content: { base: content } };
}

/** @throws CORE_REFERENCE_INVALID, OCI_EDIT_REFUSED, OCI_*, NET_* */
export async function keepInIndex(input: IndexFilterInput, context: AppContext): Promise<StoredEdit> {
  const { keepPlatforms } = await loadEditing();
  const target = { ...targetOf(input.index, input.target), allowForeign: input.allowForeign ?? false };
  const { index, content } = await openIndex(input.index, context);
  return storeIndex(keepPlatforms(index, input.platforms), { base: content, added: [] }, target, context);
}
