import { type CelFunc, type CelInput, type CelMap, CelScalar, celFunc, celMethod, mapType } from '@bufbuild/cel';
import { type ImageReference, isAppError, parseImageReference } from '../../../../../core/index.ts';
import { tagOf } from '../../../../images/name.ts';

const { BOOL, DYN, STRING } = CelScalar;
const image = mapType(STRING, DYN);

/** `image(text)` and its methods; Docker Hub is called `index.docker.io`, as in Kyverno. */
export const imageFunctions: readonly CelFunc[] = [
  celFunc('image', [STRING], image, describe),
  celFunc('parseImageReference', [STRING], image, describe),
  celFunc('isImage', [STRING], BOOL, isImage),
  celMethod('containsDigest', image, [], BOOL, function () {
    return this.get('digest') !== '';
  }),
  ...['registry', 'repository', 'tag', 'digest', 'identifier', 'identifierWithSeparator'].map(part),
];

function part(name: string): CelFunc {
  return celMethod(name, image, [], STRING, function () {
    return textAt(this, name);
  });
}

function textAt(map: CelMap, name: string): string {
  const value = map.get(name);
  if (typeof value !== 'string') throw new TypeError(`it is no image: it has no ${name}`);
  return value;
}

function isImage(text: string): boolean {
  try {
    parseImageReference(text);
    return true;
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function describe(text: string): Map<string, CelInput> {
  return new Map(Object.entries(imageParts(parseImageReference(text))));
}

/** The parts of a name as Kyverno has them: its identifier is the digest before the tag, and both where both are given. */
function imageParts(reference: ImageReference): Record<string, string> {
  const { registry, repository, digest = '' } = reference;
  const tag = tagOf(reference) ?? '';
  return {
    registry: registryName(registry),
    repository,
    tag,
    digest,
    identifier: [tag, digest].filter((text) => text !== '').join('@'),
    identifierWithSeparator: digest === '' ? `:${tag}` : `@${digest}`,
  };
}

export function registryName(registry: string): string {
  return registry === 'docker.io' ? 'index.docker.io' : registry;
}
