import { parseImageReference } from '../../core/index.ts';
import { loadEditing, parseManifest } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { ImageChoice } from '../images/input.ts';
import { openContent, openOneImage } from '../images/reading.ts';
import type { MutateInput, StoredEdit } from './input.ts';
import { withLayers } from './layers.ts';
import { pushChoice, storeEdited, type Target, targetOf } from './store.ts';

/** @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function mutate(input: MutateInput, context: AppContext): Promise<StoredEdit> {
  const { annotate, changeConfig, openForEdit, seal } = await loadEditing();
  const target = chooseTarget(input);
  const annotations = input.annotations ?? new Map();
  if (annotations.size > 0) await assertNoIndex(input.image, context);
  const { source, manifest } = await openOneImage(input.image, context);
  const start = await openForEdit(source, manifest, context.signal);
  if (start.foreignConfig !== undefined) context.log.warn("The configuration is no image's, and stays as it is");
  return withLayers(start, input.layers ?? [], context, async (image) => {
    const changed = changeConfig(image, input.changes);
    return storeEdited(seal(annotate(changed, annotations)), target, context);
  });
}

function chooseTarget(input: MutateInput): Target {
  const { image, target, repository } = input;
  if (repository === undefined) return targetOf(image.reference, target, input);
  return { ...pushChoice(input), name: repository, reference: parseImageReference(repository), byDigest: true };
}

/** Annotations that were meant for an index would go to one of its images, whatever platform was asked for. */
async function assertNoIndex({ reference }: ImageChoice, context: AppContext): Promise<void> {
  const { refuseEdit } = await loadEditing();
  const { manifest } = await openContent(reference, context);
  if (parseManifest(manifest.bytes, manifest.digest).kind === 'manifest') return;
  throw refuseEdit(reference, 'annotations of an index cannot be changed', 'Name one of its images by digest.');
}
