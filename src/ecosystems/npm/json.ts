import { type CatalogFile, describeError } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';

/** An object of a JSON document. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a JSON document, which must be an object; `refuse` makes the error that tells why it is not. @throws KIT_TEXT_TOO_LONG above `limit` bytes */
export function readJson(file: CatalogFile, limit: number, refuse: (reason: string) => Error): [JsonObject, string] {
  const text = readText(file.content, limit).replace(/^\uFEFF/, '');
  const value = parse(text, refuse);
  if (!isObject(value)) throw refuse('it is not an object');
  return [value, text];
}

/** True for objects that are no lists. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text, or an empty one for any other value. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The members that are objects, in order; none of any other value. */
export function objectMembers(value: unknown): [string, JsonObject][] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((member): member is [string, JsonObject] => isObject(member[1]));
}

/** The keys of an object; none of any other value. */
export function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function parse(text: string, refuse: (reason: string) => Error): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(describeError(error));
  }
}
