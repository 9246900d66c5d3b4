import { number, optional, optionalMap, optionalShape, type Shape, shaped, text } from './shape.ts';

const platform: Shape = [
  ['architecture', text],
  ['os', text],
  ['os.version', optional],
  ['os.features', optional],
  ['variant', optional],
  ['features', optional],
];

const descriptor: Shape = [
  ['mediaType', text],
  ['size', number],
  ['digest', text],
  ['data', optional],
  ['urls', optional],
  ['annotations', optionalMap],
  ['platform', optionalShape(platform)],
  ['artifactType', optional],
];

/** A descriptor with its members in crane's order. */
export function orderDescriptor(value: unknown): Record<string, unknown> {
  return shaped(value, descriptor);
}
