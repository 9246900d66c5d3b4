import {
  type Copier,
  type DescriptorDocument,
  type EditedIndex,
  loadEditing,
  mediaTypes,
  type RemoteRepository,
  type StoredContent,
} from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { openContent } from '../images/reading.ts';
import { makeCopier, wantedOf } from '../images/target.ts';
import { indexTypes } from './index-entries.ts';
import type { StoredEdit } from './input.ts';
import type { Target } from './store.ts';

const manifestTypes: readonly string[] = Object.values(mediaTypes);

/** An index of a registry with where it lies. @throws OCI_EDIT_REFUSED for what is none */
export async function openIndex(
  name: string,
  context: AppContext,
): Promise<{ content: StoredContent; index: EditedIndex }> {
  const { openIndexForEdit, refuseEdit } = await loadEditing();
  const content = await openContent(name, context);
  const { mediaType } = content.manifest;
  if (indexTypes.includes(mediaType)) return { content, index: openIndexForEdit(content.manifest) };
  throw refuseEdit(name, `it is no index, but ${mediaType || 'of an unknown type'}`, 'Name an index of images.');
}

/** What an index names that lies in a repository already, or has to be brought. */
export interface IndexSources {
  /** Where the entries lie that were there before. */
  readonly base?: StoredContent;
  /** Manifests that were added. */
  readonly added: readonly StoredContent[];
}

/** Brings what an edited index names to its repository, and stores it. @throws OCI_*, NET_* */
export async function storeIndex(
  index: EditedIndex,
  sources: IndexSources,
  target: Target,
  context: AppContext,
): Promise<StoredEdit> {
  const { entriesOf, sealIndex } = await loadEditing();
  const { reference, byDigest = false, allowForeign = false } = target;
  const { bytes, mediaType, digest } = sealIndex(index);
  const repository = (await context.registry()).repository(reference);
  const { copier, finish } = await makeCopier(repository, { allowForeign }, context);
  const bringer = { copier, repository, ...sources };
  try {
    for (const entry of entriesOf(index)) await bring(entry, bringer, context);
  } finally {
    finish();
  }
  const under = byDigest ? digest : wantedOf(reference);
  await repository.pushManifest({ reference: under, bytes, mediaType }, context.signal);
  return { registry: reference.registry, repository: reference.repository, digest };
}

interface Bringer extends IndexSources {
  readonly copier: Copier;
  readonly repository: RemoteRepository;
}

/** What was there before lies in the repository already when the index stays in it. */
async function bring(
  entry: DescriptorDocument,
  { copier, repository, base, added }: Bringer,
  context: AppContext,
): Promise<void> {
  const { signal } = context;
  const { digest } = entry;
  const content = added.find(({ manifest }) => manifest.digest === digest);
  if (content !== undefined) return void (await copier.copy(content, digest));
  if (base === undefined || isSamePlace(base.source.place, repository.place)) return;
  const { refuseEdit, toDescriptor } = await loadEditing();
  const descriptor = toDescriptor(entry);
  const { source } = base;
  if (!manifestTypes.includes(descriptor.mediaType)) {
    const reason = `it has an entry of the type ${descriptor.mediaType}`;
    throw refuseEdit(source.name, reason, 'Keep such an index in its repository.');
  }
  await copier.copy({ source, manifest: await source.manifest(descriptor, signal) }, digest);
}

function isSamePlace(a: RemoteRepository['place'] | undefined, b: RemoteRepository['place']): boolean {
  return a?.host === b.host && a.repository === b.repository;
}
