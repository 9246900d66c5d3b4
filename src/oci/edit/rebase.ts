import { type Digest, isDigest } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import { type AddedLayer, type Addition, appendLayers } from './append.ts';
import type { HistoryDocument } from './documents.ts';
import { type EditedImage, emptyImage } from './edited.ts';

/** An image, what it was built on, and what it shall be built on. */
export interface RebaseParts {
  readonly original: EditedImage;
  readonly oldBase: EditedImage;
  readonly newBase: EditedImage;
}

/**
 * An image with the layers and steps of its old base exchanged for those of the new one: it runs as the original, on the
 * platform of the new base. @throws OCI_REBASE_MISMATCH, OCI_CONFIG_INVALID
 */
export function rebase({ original, oldBase, newBase }: RebaseParts): EditedImage {
  assertBasedOn(original, oldBase);
  const { config = {} } = original.config;
  const { architecture = '', os = '' } = newBase.config;
  const start = emptyImage('docker');
  const bare: EditedImage = {
    ...start,
    config: { ...start.config, config, architecture, os, 'os.version': newBase.config['os.version'] ?? '' },
  };
  const oldSteps = oldBase.config.history?.length ?? 0;
  const oldLayers = oldBase.manifest.layers?.length ?? 0;
  const below = additionsOf(newBase, 0, 0);
  return appendLayers(appendLayers(bare, below), additionsOf(original, oldSteps, oldLayers + 1));
}

function assertBasedOn(original: EditedImage, oldBase: EditedImage): void {
  const layers = original.manifest.layers ?? [];
  const expected = oldBase.manifest.layers ?? [];
  const at = expected.findIndex(({ digest }, index) => digest !== layers[index]?.digest);
  if (at >= 0) throw ociError('OCI_REBASE_MISMATCH', { data: { layer: at } });
}

/**
 * The steps of an image from `firstStep` on, and its layers from the one with number `firstLayer` on, counted from 1.
 * Steps that left no layer have none; where the steps are fewer than the layers, the rest come without.
 */
function additionsOf(image: EditedImage, firstStep: number, firstLayer: number): Addition[] {
  const layers = layersOf(image);
  const steps = image.config.history ?? [];
  const additions: Addition[] = [];
  let used = 0;
  for (const [index, history] of steps.entries()) {
    const layer = history.empty_layer === true ? undefined : takeLayer(layers, used++);
    if (index >= firstStep || used >= firstLayer) additions.push(toAddition(history, layer));
  }
  const rest = layers.slice(used).filter((_, index) => used + index >= firstLayer);
  return [...additions, ...rest.map((layer) => ({ history: {}, layer }))];
}

function takeLayer(layers: readonly AddedLayer[], index: number): AddedLayer {
  const layer = layers[index];
  if (layer !== undefined) return layer;
  throw invalid(`its history tells of more layers than the ${layers.length} there are`);
}

function toAddition(history: HistoryDocument, layer: AddedLayer | undefined): Addition {
  return layer === undefined ? { history } : { history, layer };
}

function layersOf({ manifest, config, sources }: EditedImage): AddedLayer[] {
  const diffIds = config.rootfs?.diff_ids ?? [];
  const { layers = [] } = manifest;
  if (diffIds.length !== layers.length) {
    throw invalid(`it lists ${diffIds.length} layers, the manifest ${layers.length}`);
  }
  return layers.map((descriptor, index) => {
    const diffId = diffIds[index] ?? '';
    const source = sources.get(descriptor.digest);
    if (!isDigest(diffId) || source === undefined) throw invalid('rootfs.diff_ids is not a list of digests');
    return { descriptor, diffId: diffId as Digest, source };
  });
}

function invalid(reason: string): Error {
  return ociError('OCI_CONFIG_INVALID', { data: { digest: 'of an image that is rebased', reason } });
}
