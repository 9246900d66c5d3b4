import { normalizeLicense } from '../../licenses/index.ts';
import { asText, isObject } from './json.ts';

/**
 * The licences that a `license` field states: an expression, or, before npm 2, an object with a `type`, or a list of
 * either. The field `licenses` of those days is not read.
 */
export function parseLicenses(value: unknown): string[] {
  const names = (Array.isArray(value) ? value : [value]).map((entry) =>
    asText(isObject(entry) ? entry['type'] : entry),
  );
  return [...new Set(names.filter((name) => name !== '').map(normalizeLicense))];
}
