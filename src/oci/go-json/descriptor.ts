import { isObject } from '../manifest.ts';
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

const index: Shape = [
  ['schemaVersion', number],
  ['mediaType', optional],
  ['manifests', (value) => (Array.isArray(value) ? value.map(orderDescriptor) : [])],
  ['annotations', optionalMap],
  ['subject', (value) => (isObject(value) ? orderDescriptor(value) : undefined)],
  ['artifactType', optional],
];

/** An index with its members in crane's order. */
export function orderIndex(value: unknown): Record<string, unknown> {
  return shaped(value, index);
}
