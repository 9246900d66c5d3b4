import { Moment } from '../moment.ts';
import { printValue } from '../print.ts';
import { isList, type Value } from '../value.ts';

/** Text of anything, as sprig's `toString` gives it. */
export function toText(value: Value): string {
  return typeof value === 'string' ? value : printValue(value);
}

/** The integer that a value stands for; what stands for none is 0. */
export function toInteger(value: Value): bigint {
  switch (typeof value) {
    case 'bigint':
      return value;
    case 'number':
      return Number.isFinite(value) ? BigInt.asIntN(64, BigInt(Math.trunc(value))) : 0n;
    case 'boolean':
      return value ? 1n : 0n;
    case 'string':
      return /^[+-]?\d{1,19}$/.test(value) ? BigInt.asIntN(64, BigInt(value.replace(/^\+/, ''))) : 0n;
    default:
      return 0n;
  }
}

/** The float64 that a value stands for; what stands for none is 0. */
export function toFloat(value: Value): number {
  if (typeof value === 'string') return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(value) ? Number(value) || 0 : 0;
  return typeof value === 'number' ? value : Number(toInteger(value));
}

/** The items of a list as text; anything else is a list of itself, and nothing of nothing. */
export function toTexts(value: Value): string[] {
  if (isList(value)) return value.filter((item) => item !== undefined).map(toText);
  return value === undefined ? [] : [toText(value)];
}

/** The instant that a value stands for: a time, or seconds since 1970. */
export function toMoment(value: Value, now: Date): Moment {
  if (value instanceof Moment) return value;
  return new Moment(typeof value === 'bigint' ? Number(value) * 1000 : now.getTime());
}
