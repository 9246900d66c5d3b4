import type { CoverageNote, LayerInventory, LayerRef, TreeInventory } from '../core/index.ts';
import { describeError, isAppError } from '../core/index.ts';
import { Budget } from '../kit/budget.ts';
import { mapPooled } from '../kit/pool.ts';
import { layerCacheKey, readCachedLayer, writeCachedLayer } from './layer-cache.ts';
import type { TreeInput } from './merge.ts';
import type { InventoryContext, InventoryOptions } from './options.ts';
import { type LayerInput, readLayer } from './read-layer.ts';
import { makeSelector } from './select.ts';
import { makeSkip } from './skip.ts';

/** A layer that was read, with its unpacked size; 0 when it could not be read. */
export interface LayerResult extends TreeInput {
  readonly size: number;
}

/** Bytes of file content that all layers together hold in memory. */
const memoryForFiles = 48 * 2 ** 20;

/**
 * Reads the layers of an image, all at once, or takes them from the cache. A damaged layer yields an empty tree and
 * a note; what may pass when tried again (a lost connection) is thrown.
 */
export async function inventoryLayers(
  layers: readonly LayerInput[],
  options: InventoryOptions,
  context: InventoryContext,
): Promise<LayerResult[]> {
  const readOne = await makeLayerReader(options, context);
  const reading = new Map<string, Promise<LayerResult>>();
  return mapPooled(layers, options.parallel, (layer) => {
    const known = reading.get(layer.digest) ?? readOne(layer);
    reading.set(layer.digest, known);
    return known;
  });
}

async function makeLayerReader(
  options: InventoryOptions,
  context: InventoryContext,
): Promise<(layer: LayerInput) => Promise<LayerResult>> {
  const selector = makeSelector(options.catalogers);
  const shared = {
    selector,
    loaded: new Map(),
    memory: new Budget(memoryForFiles),
    maxFileSize: options.maxFileSize,
    skip: await makeSkip(options),
    signal: context.signal,
  };
  return async (layer) => {
    const key = layerCacheKey(layer.digest, options);
    const cached = await readCachedLayer(context.cache, key);
    if (cached !== undefined) return toResult(layer, cached);
    const task = context.progress.start(`layer ${layer.digest.slice(7, 19)}`, layer.size);
    try {
      const inventory = await readLayer(layer, { ...shared, onBytes: (count) => task.advance(count) });
      await writeCachedLayer(context, key, inventory);
      return toResult(layer, inventory);
    } catch (error) {
      context.signal?.throwIfAborted();
      if (!isAppError(error) || error.retryable) throw error;
      return unreadable(layer, error);
    } finally {
      task.finish();
    }
  };
}

function toResult(layer: LayerInput, inventory: LayerInventory): LayerResult {
  const ref: LayerRef = { ...named(layer), diffId: layer.diffId ?? inventory.diffId };
  const mismatch = layer.diffId !== undefined && layer.diffId !== inventory.diffId;
  const tree = mismatch ? { ...inventory, notes: [...inventory.notes, mismatchNote(layer, inventory)] } : inventory;
  return { ref, tree, size: inventory.size };
}

function named({ digest, unnamed }: LayerInput): Pick<LayerRef, 'digest'> {
  return unnamed ? {} : { digest };
}

function mismatchNote(layer: LayerInput, inventory: LayerInventory): CoverageNote {
  return {
    effect: 'incomplete',
    code: 'layer-mismatch',
    message: 'The unpacked layer is not the one that the image configuration lists',
    data: { listed: layer.diffId, computed: inventory.diffId },
  };
}

const emptyTree: TreeInventory = {
  records: [],
  whiteouts: [],
  opaqueDirectories: [],
  overwritten: [],
  replaced: [],
  files: {},
  notes: [],
};

function unreadable(layer: LayerInput, error: unknown): LayerResult {
  const ref: LayerRef = { ...named(layer), ...(layer.diffId !== undefined && { diffId: layer.diffId }) };
  const note: CoverageNote = {
    effect: 'incomplete',
    code: 'layer-unreadable',
    message: `The layer could not be read: ${describeError(error)}`,
    ...(isAppError(error) && { data: { cause: error.code } }),
  };
  return { ref, tree: { ...emptyTree, notes: [note] }, size: 0 };
}
