import { isObject, type Json } from '../../model/json.ts';

/** A value with the names of version 2 (`trust_roots`) written as those of version 3 (`trustRoots`), at any depth. */
export function inCamelCase(value: Json): Json {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const name = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    return [name, item === undefined ? item : inCamelCase(item)];
  });
  return Object.fromEntries(entries);
}
