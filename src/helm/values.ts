import { helmError } from './errors.ts';
import { isObject, type Json, type JsonObject, readYaml } from './yaml.ts';

/** The values of a file that a user gives. @throws HELM_VALUES_INVALID */
export function parseValues(text: string): JsonObject {
  const fail = (reason: string): Error => helmError('HELM_VALUES_INVALID', { data: { reason } });
  const [value = null, ...more] = readYaml(text, fail);
  if (more.length > 0 || (value !== null && !isObject(value))) throw fail('the file is not one map');
  return value ?? {};
}

/** Values over others, as Helm puts them: maps are merged, null takes away, anything else replaces. */
export function mergeValues(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const known = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isObject(value) && isObject(known) ? mergeValues(known, value) : value);
  }
  return Object.fromEntries(merged);
}
