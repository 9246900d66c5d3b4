import { parseImageReference } from '../../core/index.ts';
import { craneRepository, loadEditing, type StoredImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { openOneImage } from '../images/reading.ts';
import { baseDigest, baseName } from './annotations.ts';
import type { AppendInput, StoredEdit } from './input.ts';
import { withLayers } from './layers.ts';
import { pushChoice, storeEdited } from './store.ts';

/** @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function append(input: AppendInput, context: AppContext): Promise<StoredEdit> {
  const { annotate, emptyImage, openForEdit, seal } = await loadEditing();
  const reference = parseImageReference(input.target);
  const base = input.base === undefined ? undefined : await openOneImage(input.base, context);
  const start =
    base === undefined
      ? emptyImage(input.emptyBase ?? 'docker')
      : await openForEdit(base.source, base.manifest, context.signal);
  const annotations = input.annotateBase === true && base !== undefined ? annotationsOf(input, base) : new Map();
  const target = { ...pushChoice(input), name: input.target, reference };
  return withLayers(start, input.layers, context, async (image) =>
    storeEdited(seal(annotate(image, annotations)), target, context),
  );
}

function annotationsOf({ base }: AppendInput, { manifest }: StoredImage): Map<string, string> {
  const { tag = 'latest', digest, ...name } = parseImageReference(base?.reference ?? '');
  const told = new Map([[baseDigest, manifest.digest as string]]);
  return digest === undefined ? told.set(baseName, `${craneRepository(name)}:${tag}`) : told;
}
