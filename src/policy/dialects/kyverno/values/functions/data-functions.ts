import { parse as parseYaml } from 'yaml';
import { isObject } from '../../../../model/json.ts';
import { matchesWildcard } from '../../../../patterns/wildcard.ts';
import { type FunctionTable, list, text } from './function.ts';

const maxAliases = 100;

/** Functions of lists and objects, by Kyverno's names. */
export const dataFunctions: FunctionTable = {
  to_boolean: (args) => {
    const word = text(args, 0).toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw new TypeError(`"${word}" is neither true nor false`);
  },
  parse_json: (args) => JSON.parse(text(args, 0)),
  parse_yaml: (args) => parseYaml(text(args, 0), { maxAliasCount: maxAliases }),
  label_match: ([wanted, labels]) =>
    isObject(wanted) &&
    isObject(labels) &&
    Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && isLike(value, labels[key])),
  lookup: ([within, key]) => {
    if (Array.isArray(within)) return within[Number(key)] ?? null;
    return isObject(within) && typeof key === 'string' && Object.hasOwn(within, key) ? within[key] : null;
  },
  items: ([within, keyName, valueName]) => {
    if (!isObject(within)) throw new TypeError('argument 1 is not an object');
    return Object.entries(within)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ [String(keyName)]: key, [String(valueName)]: value }));
  },
  object_from_lists: (args) => {
    const values = list(args, 1);
    return Object.fromEntries(list(args, 0).map((key, index) => [String(key), values[index] ?? null]));
  },
};

function isLike(pattern: unknown, value: unknown): boolean {
  return matchesWildcard(String(pattern), String(value));
}
