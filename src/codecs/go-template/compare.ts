import { kindOf, typeOf } from './kind.ts';
import { Moment } from './moment.ts';
import { callError } from './position.ts';
import { compareText, type Value } from './value.ts';

/** Go's `eq`: values of different types cannot be compared, except integers with floats; nil equals nil only. */
export function isEqual(a: Value, b: Value): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a instanceof Moment && b instanceof Moment) return a.milliseconds === b.milliseconds;
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left === 'slice' || left === 'map' || left === 'struct') throw callError(`a ${left} cannot be compared`);
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (left !== right) throw callError(`a ${typeOf(a)} cannot be compared with a ${typeOf(b)}`);
  return a === b;
}

/** Go's `lt`: below zero when `a` comes first. */
export function order(a: Value, b: Value): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : Number(a > b);
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  throw callError(`a ${typeOf(a)} and a ${typeOf(b)} have no order`);
}

/** Whether two values are the same, whatever they hold (reflect.DeepEqual). */
export function isDeeplyEqual(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isDeeplyEqual(item, b[index]));
  }
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, item]) => b.has(key) && isDeeplyEqual(item, b.get(key)));
  }
  if (a instanceof Moment && b instanceof Moment) return isEqual(a, b);
  return a === b;
}

function isNumber(value: Value): value is bigint | number {
  return typeof value === 'bigint' || typeof value === 'number';
}
