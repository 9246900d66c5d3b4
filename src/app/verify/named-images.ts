import { parseImageReference } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { loadNamedImages, type NamedImages } from '../../pin/index.ts';
import type { NamedImagesInput } from './input.ts';

const maxSize = 8 * 2 ** 20;

/** Images that a file names, each of which can be asked for. @throws CORE_REFERENCE_INVALID, DISK_*, PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN */
export async function readNamedImages({ file, path, variables = {} }: NamedImagesInput): Promise<NamedImages> {
  const [bytes, { dockerfileImages, manifestImages }] = await Promise.all([
    readWhole(path, maxSize),
    loadNamedImages(),
  ]);
  const named = file === 'dockerfile' ? dockerfileImages(bytes, variables) : manifestImages(bytes);
  for (const image of named.images) parseImageReference(image);
  return named;
}
