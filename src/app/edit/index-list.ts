import { statPath } from '../../disk/index.ts';
import { type EditedIndex, loadEditing, loadMoving } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { indexTypes } from './index-entries.ts';
import { openIndex } from './index-store.ts';
import type { IndexEntry, IndexSource } from './input.ts';

/** @throws CORE_REFERENCE_INVALID, OCI_EDIT_REFUSED, OCI_*, NET_*, DISK_* */
export async function entriesOfIndex(source: IndexSource, context: AppContext): Promise<IndexEntry[]> {
  const { entriesOf, formatEntryPlatform } = await loadEditing();
  return entriesOf(await readIndex(source, context)).map(({ digest, mediaType = '', platform }) => ({
    digest,
    mediaType,
    ...(platform !== undefined && { platform: formatEntryPlatform(platform) }),
  }));
}

/** That of the layout where there is a path of that name, else of a registry. */
async function readIndex({ name, path }: IndexSource, context: AppContext): Promise<EditedIndex> {
  if ((await statPath(path)) === undefined && !/^[./]/.test(name)) return (await openIndex(name, context)).index;
  const { openPathContent } = await loadMoving();
  const { openIndexForEdit, refuseEdit } = await loadEditing();
  const { content, close } = await openPathContent(path, 'whole');
  try {
    if (indexTypes.includes(content.manifest.mediaType)) return openIndexForEdit(content.manifest);
    throw refuseEdit(name, 'it is no index', 'Name an index, or the directory of an OCI layout.');
  } finally {
    close();
  }
}
