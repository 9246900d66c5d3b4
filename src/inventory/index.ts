export { composeInventory } from './compose.ts';
export { inventoryDirectory } from './directory.ts';
export { inventoryLayers, type LayerResult } from './engine.ts';

export {
  inventoryOptions,
  maxFileSizeOption,
  parallelOption,
  skipDirsOption,
  skipFilesOption,
} from './options.ts';

export { resolveInventory } from './resolve.ts';
export { makeSkip } from './skip.ts';
