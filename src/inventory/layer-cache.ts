import { createHash } from 'node:crypto';
import { type Digest, describeError, type LayerInventory, type Logger } from '../core/index.ts';
import type { FileCache } from '../disk/index.ts';
import type { InventoryOptions } from './options.ts';

/** Raised when the shape of a cached layer changes, so that old entries are never read as new ones. */
const schema = 2;

/** All that decides what is recorded of a layer: its bytes, the catalogers, and the options that change recording. */
export function layerCacheKey(digest: Digest, options: InventoryOptions): string {
  const catalogers = options.catalogers.map(({ id, version }) => `${id}@${version}`).sort();
  const recording = { catalogers, skipFiles: options.skipFiles, skipDirs: options.skipDirs, max: options.maxFileSize };
  const fingerprint = createHash('sha256').update(JSON.stringify(recording)).digest('hex');
  return `layer/${schema}/${digest}/${fingerprint}`;
}

export async function readCachedLayer(cache: FileCache | undefined, key: string): Promise<LayerInventory | undefined> {
  const value = await cache?.get(key);
  // The cache has checked that these are the bytes that were stored under this schema.
  return value === undefined ? undefined : (JSON.parse(value.toString('utf8')) as LayerInventory);
}

/** Stores a layer that was read whole; a cache that cannot be written costs time later, not the result. */
export async function writeCachedLayer(
  context: { readonly cache?: FileCache; readonly log: Logger },
  key: string,
  inventory: LayerInventory,
): Promise<void> {
  try {
    await context.cache?.put(key, JSON.stringify(inventory));
  } catch (error) {
    context.log.warn('The layer cache could not be written', { reason: describeError(error) });
  }
}
