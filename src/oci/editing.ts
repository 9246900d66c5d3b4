export { appendLayers } from './edit/append.ts';
export { annotate, emptyImage, gzipLayerType, seal } from './edit/edited.ts';
export { flatten, flattenedLevel } from './edit/flatten.ts';
export { normalizeTime } from './edit/go-time.ts';
export {
  appendEntries,
  emptyIndex,
  entriesOf,
  formatEntryPlatform,
  keepPlatforms,
  openIndexForEdit,
  platformOfConfig,
  sealIndex,
  toDescriptor,
  withArtifactType,
} from './edit/index-document.ts';
export { packLayer, readLayerFile, readLayerStream, toWindowsLayer } from './edit/layer-file.ts';
export { changeConfig } from './edit/mutate.ts';
export { openForEdit } from './edit/open.ts';
export { pushBlobs, pushEdited } from './edit/push.ts';
export { rebase } from './edit/rebase.ts';
export { refuseEdit } from './edit/refuse.ts';
export { asStored } from './edit/stored.ts';
