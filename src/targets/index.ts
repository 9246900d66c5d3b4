export { targetErrors } from './errors.ts';
export { type ImageTarget, type OpenImageContext, openImage } from './image.ts';
export { imageSourcesOption, inputOption, platformOption, targetOptions } from './options.ts';
export { type ImageSource, imageSources } from './source.ts';
