import { type ImageReference, parseImageReference } from '../../core/index.ts';
import { loadEditing, type StoredImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { openContent, openOneImage } from '../images/reading.ts';
import { baseDigest, baseName } from './annotations.ts';
import { indexTypes } from './index-entries.ts';
import type { RebaseInput, StoredEdit } from './input.ts';
import { storeEdited, targetOf } from './store.ts';

/** @throws CORE_REFERENCE_INVALID, OCI_REBASE_MISMATCH, OCI_EDIT_REFUSED, OCI_*, NET_* */
export async function rebaseOne(input: RebaseInput, context: AppContext): Promise<StoredEdit> {
  const { annotate, openForEdit, rebase, seal } = await loadEditing();
  const { platform, reference } = input.image;
  const target = targetOf(reference, input.target, input);
  if (platform === undefined) await assertImage(reference, context);
  const stored = await openOneImage(input.image, context);
  const bases = await chooseBases(input, stored);
  const open = async ({ source, manifest }: StoredImage) => openForEdit(source, manifest, context.signal);
  const choice = platform === undefined ? {} : { platform };
  const parts = {
    original: await open(stored),
    newBase: await open(await openOneImage({ reference: bases.newBase, ...choice }, context)),
    oldBase: await open(await openOneImage({ reference: bases.oldBase, ...choice }, context)),
  };
  // The new base may be an index, which is what a later rebase compares.
  const digest = await (await context.registry()).resolve(parseImageReference(bases.newBase), context.signal);
  const annotations = new Map([
    [baseDigest, digest as string],
    [baseName, bases.newBase],
  ]);
  const sealed = seal(annotate(rebase(parts), annotations));
  if (sealed.digest === stored.manifest.digest) context.log.warn('The image stays as it is');
  return storeEdited(sealed, target, context);
}

async function assertImage(reference: string, context: AppContext): Promise<void> {
  const { manifest } = await openContent(reference, context);
  if (!indexTypes.includes(manifest.mediaType)) return;
  const { refuseEdit } = await loadEditing();
  throw refuseEdit(reference, 'it is an index', 'Choose one of its images with --platform.');
}

interface Bases {
  readonly oldBase: string;
  readonly newBase: string;
}

/** What was said, else what the image says of its base. @throws OCI_EDIT_REFUSED */
async function chooseBases(input: RebaseInput, { parsed }: StoredImage): Promise<Bases> {
  const { refuseEdit } = await loadEditing();
  const { annotations = {} } = parsed;
  const newBase = input.newBase ?? annotations[baseName];
  if (newBase === undefined || newBase === '') {
    throw refuseEdit(input.image.reference, 'its annotations name no base', 'Name the new base with --new_base.');
  }
  const oldBase = input.oldBase ?? pinned(parseImageReference(newBase), annotations[baseDigest]);
  if (oldBase !== undefined) return { newBase, oldBase };
  throw refuseEdit(
    input.image.reference,
    'its annotations have no digest of a base',
    'Name the base it was built on with --old_base.',
  );
}

/** The base as it was: in the repository of the new one. */
function pinned({ registry, repository }: ImageReference, digest: string | undefined): string | undefined {
  return digest === undefined ? undefined : `${registry}/${repository}@${digest}`;
}
