import semver from 'semver';
import { isObject } from '../../../model/json.ts';
import { hasWildcard, matchesWildcard } from '../../../patterns/wildcard.ts';
import { parseDuration, parseQuantity } from './quantity.ts';

/** Whether a value is what a condition asks for: texts by wildcards, durations and quantities by what they amount to. */
export function isEqual(key: unknown, value: unknown): boolean {
  if (typeof key === 'string' && typeof value === 'string') return isEqualText(key, value);
  if (typeof key === 'number' && typeof value === 'string') return amount(value) === key;
  if (typeof key === 'string' && typeof value === 'number') return amount(key) === value;
  if (Array.isArray(key) && Array.isArray(value)) {
    return key.length === value.length && key.every((item, index) => isEqual(item, value[index]));
  }
  if (isObject(key) && isObject(value)) {
    const names = new Set([...Object.keys(key), ...Object.keys(value)]);
    return [...names].every((name) => isEqual(key[name], value[name]));
  }
  return key === value;
}

function isEqualText(key: string, value: string): boolean {
  if (key === value) return true;
  const [a, b] = [amount(key), amount(value)];
  if (a !== undefined && b !== undefined) return a === b;
  return hasWildcard(value) && matchesWildcard(value, key);
}

/** What a number, a duration or a quantity amounts to. */
function amount(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseDuration(value) ?? parseQuantity(value)) : undefined;
}

/** Less than 0, 0 or more; undefined when the two have no order: numbers, amounts, then versions, then moments. */
export function compareValues(key: unknown, value: unknown): number | undefined {
  const [a, b] = [amount(key), amount(value)];
  if (a !== undefined && b !== undefined) return a - b;
  if (typeof key !== 'string' || typeof value !== 'string') return undefined;
  if (semver.valid(key) !== null && semver.valid(value) !== null) return semver.compare(key, value);
  const [left, right] = [moment(key), moment(value)];
  return left === undefined || right === undefined ? undefined : left - right;
}

/** Milliseconds of an RFC 3339 time. */
export function moment(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Whether a value is within `LOW-HIGH`, or with `!-` between them outside of it; undefined for what is no range. */
export function isInRange(key: unknown, range: string): boolean | undefined {
  const [, low = '', mark = '', high = ''] = /^([+-]?\d[\w.]*)(!?-)([+-]?\d[\w.]*)$/.exec(range) ?? [];
  const [value, from, to] = [amount(key), amount(low), amount(high)];
  if (value === undefined || from === undefined || to === undefined) return undefined;
  const inside = from <= value && value <= to;
  return mark === '-' ? inside : !inside;
}
