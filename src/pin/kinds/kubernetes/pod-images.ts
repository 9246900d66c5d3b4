import { pinError } from '../../errors.ts';
import { eachMap, readYaml, type YamlValue } from '../../yaml.ts';
import { imagesOfPod } from './find.ts';

/** Images of containers and image volumes, wherever a pod is described. @throws PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN */
export function podImages(text: string): string[] {
  const images: string[] = [];
  for (const root of readYaml(text, { strict: true })) {
    eachMap(root, (map) => {
      for (const image of imagesOfPod(map)) images.push(...toImage(image));
    });
  }
  return images;
}

/** An image that is left out is none. */
function toImage(image: YamlValue): string[] {
  if (image.identity === undefined) return [];
  const { value } = image;
  if (value === undefined) {
    throw pinError('PIN_IMAGE_UNKNOWN', { data: { text: image.path, reason: 'it is not a text' } });
  }
  return value === '' ? [] : [value];
}
