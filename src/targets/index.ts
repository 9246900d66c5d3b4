export { targetErrors } from './errors.ts';
export { type ImageSource, type ImageTarget, imageSources, type OpenImageContext, openImage } from './image.ts';
export { imageSourcesOption, inputOption, platformOption, targetOptions } from './options.ts';
