import { isAppError } from '../../../../core/index.ts';
import { podSpecs } from '../../../images/extract.ts';
import { makeImage, type PolicyImage, tagOf, writtenRepository } from '../../../images/name.ts';
import { at, type JsonObject, listAt, textAt } from '../../../model/json.ts';
import { nameOf } from '../../../model/object-name.ts';

/** The variable `images`: by list and container what the image's name consists of. */
export function imagesValue(object: JsonObject): JsonObject {
  const path = podSpecs[nameOf(object).kind] ?? [];
  const spec = at(object, ...path);
  const lists = ['containers', 'initContainers', 'ephemeralContainers'].map((list) => {
    const members = listAt(spec, list).flatMap((container): [string, JsonObject][] => {
      const image = readImage(textAt(container, 'image'));
      return image === undefined ? [] : [[textAt(container, 'name') ?? '', imageValue(image)]];
    });
    return [list, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(lists.filter(([, members]) => Object.keys(members).length > 0));
}

function readImage(text: string | undefined): PolicyImage | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return makeImage(text, []);
  } catch (error) {
    // What is no name of an image is told where the image is judged.
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** One image as variables see it. */
export function imageValue(image: PolicyImage): JsonObject {
  const { registry, digest } = image.reference;
  const path = writtenRepository(image);
  const tag = tagOf(image.reference);
  const name = path.split('/').at(-1) ?? '';
  const withTag = tag === undefined ? `${registry}/${path}` : `${registry}/${path}:${tag}`;
  return {
    registry,
    path,
    name,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    reference: digest === undefined ? withTag : `${registry}/${path}@${digest}`,
    referenceWithTag: withTag,
  };
}
