import { Moment } from './moment.ts';
import { isList, isMap, Struct, type Value } from './value.ts';

export type Kind = 'invalid' | 'bool' | 'int' | 'float64' | 'string' | 'slice' | 'map' | 'struct';

/** The kind of a value, by Go's name of it. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'undefined':
      return 'invalid';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float64';
    case 'string':
      return 'string';
    default:
      if (isList(value)) return 'slice';
      return isMap(value) ? 'map' : 'struct';
  }
}

/** The type of a value, by the name that Go prints for it. */
export function typeOf(value: Value): string {
  if (value === undefined) return '<nil>';
  if (value instanceof Struct) return value.type;
  if (value instanceof Moment) return 'time.Time';
  const kind = kindOf(value);
  if (kind === 'slice') return '[]interface {}';
  return kind === 'map' ? 'map[string]interface {}' : kind;
}

/** Whether `if` and `with` take a value for true: what is empty or zero is not; a struct always is. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'undefined':
      return false;
    case 'boolean':
      return value;
    case 'bigint':
      return value !== 0n;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '';
    default:
      if (isList(value)) return value.length > 0;
      return isMap(value) ? value.size > 0 : true;
  }
}
