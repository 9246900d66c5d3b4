export { composeInventory } from './compose.ts';
export { inventoryDirectory } from './directory.ts';
export { inventoryLayers, type LayerResult } from './engine.ts';
export { inventoryErrors } from './errors.ts';
export type { TreeInput } from './merge.ts';
export {
  type InventoryContext,
  type InventoryOptions,
  inventoryOptions,
  maxFileSizeOption,
  parallelOption,
  skipDirsOption,
  skipFilesOption,
} from './options.ts';
export type { LayerInput } from './read-layer.ts';
export { type IdentitySources, resolveInventory } from './resolve.ts';
