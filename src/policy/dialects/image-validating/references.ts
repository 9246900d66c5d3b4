import { formatImageReference, isAppError, parseImageReference } from '../../../core/index.ts';
import type { Fields } from '../../model/fields.ts';
import { matchesGlob } from '../../patterns/glob.ts';
import { type Compile, holds } from './cel/compile.ts';
import { registryName } from './cel/functions/image-functions.ts';

/** Whether an image, as it is written, is one that a policy is for. @throws CelFailure */
export type References = (image: string) => boolean;

/** Reads `matchImageReferences`; without them every image is one. @throws POLICY_INVALID, POLICY_PATTERN_INVALID */
export function readReferences(spec: Fields, compile: Compile): References {
  const tests = spec.items('matchImageReferences').map((fields) => readOne(fields, compile));
  return (image) => tests.length === 0 || tests.some((test) => test(image));
}

function readOne(fields: Fields, compile: Compile): References {
  if (fields.oneOf('glob', 'expression') === 'glob') {
    const glob = fields.required('glob');
    matchesGlob(glob, '');
    return (image) => namesOf(image).some((name) => matchesGlob(glob, name));
  }
  const expression = compile(fields, 'expression');
  return (image) => holds(expression, { ref: image });
}

/** An image by all its names, so that neither a missing registry nor a digest that was pinned hides it. */
function namesOf(image: string): string[] {
  try {
    const { digest, ...reference } = parseImageReference(image);
    const { registry, repository, tag = digest === undefined ? 'latest' : undefined } = reference;
    const short = repository.replace(/^library\/(?=[^/]+$)/, '');
    const whole = [repository, short].flatMap((path) =>
      [registry, registryName(registry)].map((host) => ({ registry: host, repository: path })),
    );
    const tagged = whole.map((name) => formatImageReference({ ...name, ...(tag !== undefined && { tag }) }));
    if (digest === undefined) return [image, ...tagged];
    return [image, ...tagged, ...tagged.map((name) => `${name}@${digest}`), image.replace(/@.*$/, '')];
  } catch (error) {
    // What is no name of an image is told where it is judged.
    if (isAppError(error)) return [image];
    throw error;
  }
}
