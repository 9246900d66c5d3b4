export { type ImageTarget, openImage } from './image.ts';
export { imageSourcesOption, inputOption, platformOption, targetOptions } from './options.ts';
