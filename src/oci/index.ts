export { ociErrors } from './errors.ts';
export type { Image, ImageConfig, ImageLayer } from './image.ts';
export { directoryBlobs } from './layout/directory.ts';
export { type LayoutSelection, openLayoutImage } from './layout/open.ts';
export type { Platform } from './manifest.ts';
export {
  mirrorsOption,
  passwordOption,
  passwordStdinOption,
  registryOptions,
  registryTokenOption,
  usernameOption,
} from './options.ts';
export { parsePlatform } from './platform.ts';
