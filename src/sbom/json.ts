import { findJsonExcess } from '../kit/json-bounds.ts';
import { isObject, type Json } from '../kit/json-value.ts';
import { damaged, sbomError } from './errors.ts';

export { isObject, type Json, objectOf, objectsOf, textOf, textsOf } from '../kit/json-value.ts';

const bounds = { depth: 100, values: 12_000_000 };

/** The object that a JSON text is; undefined when it is another value. @throws SBOM_INVALID, SBOM_TOO_LARGE */
export function parseJsonObject(text: string): Json | undefined {
  const excess = findJsonExcess(text, bounds);
  if (excess !== undefined) {
    const what = excess === 'depth' ? 'levels of nesting' : 'values';
    throw sbomError('SBOM_TOO_LARGE', { data: { what, limit: bounds[excess] } });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged('JSON', 'it does not follow the rules of JSON', error);
  }
  return isObject(value) ? value : undefined;
}

/** Leaves out what has no value or is an empty list. */
export function withoutEmpty(fields: Json): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) kept[name] = value;
  }
  return kept;
}
