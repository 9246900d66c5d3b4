import { helmError } from './errors.ts';
import type { Json, JsonObject } from './yaml.ts';

/**
 * Values of `a.b=c` as helm's `--set` takes it: true, false, null and whole numbers are themselves, anything else is text;
 * lists and commas belong into a file. @throws HELM_SET_INVALID
 */
export function parseAssignment(text: string): JsonObject {
  const fail = (reason: string): Error => helmError('HELM_SET_INVALID', { data: { text, reason } });
  const at = text.indexOf('=');
  if (at < 1) throw fail('it is not KEY=VALUE');
  const keys = text.slice(0, at).split('.');
  if (keys.some((key) => !/^[\w/-]+$/.test(key))) throw fail('the key is not a dotted name');
  if (/^\{|,/.test(text.slice(at + 1))) throw fail('it is a list');
  return keys.reduceRight<Json>((value, key) => ({ [key]: value }), toScalar(text.slice(at + 1))) as JsonObject;
}

function toScalar(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
