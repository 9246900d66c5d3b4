import type { ListOption, OptionGroup, PathOption, TextOption } from '../core/index.ts';
import { type ImageSource, imageSources } from './source.ts';

export const inputOption: PathOption = {
  kind: 'path',
  flag: 'input',
  key: 'image.input',
  placeholder: 'PATH',
  description: 'Read the image from this archive (docker save, OCI layout) instead of by name',
  // It decides what is scanned: a file beside the image must not be able to show another one.
  trust: 'trusted',
};

export const platformOption: TextOption = {
  kind: 'text',
  flag: 'platform',
  key: 'image.platform',
  placeholder: 'OS/ARCH',
  description: 'Choose this variant of an image for several platforms, for example linux/arm64',
  trust: 'any',
};

export const imageSourcesOption: ListOption<ImageSource> = {
  kind: 'list',
  flag: 'image-src',
  key: 'image.source',
  allowed: imageSources,
  default: imageSources,
  description: 'Look for a named image in these places, in this order',
  trust: 'any',
};

/** Where an image comes from. */
export const targetOptions: OptionGroup = {
  id: 'image',
  title: 'Image',
  options: [inputOption, platformOption, imageSourcesOption],
};
