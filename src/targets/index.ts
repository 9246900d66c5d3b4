export { readAttachedSbom } from './attached-sbom.ts';
export { type DaemonAccess, type ImageTarget, type OpenImageContext, openImage } from './image.ts';
export { imageSourcesOption, inputOption, platformOption, targetOptions } from './options.ts';
export { imageSources } from './source.ts';
