import { formatDate } from './date-format.ts';
import { Moment } from './moment.ts';
import { formatFloat } from './print-number.ts';
import { isList, isMap, Struct, sortedEntries, type Value } from './value.ts';

/** The layout that Go prints times in. */
const layout = '2006-01-02 15:04:05.999999999 -0700 MST';

export interface PrintStyle {
  /** Names before the fields of structs, as `%+v` has them. */
  readonly names: boolean;
}

/** A value as Go prints it by `%v`; nil is `<nil>`. */
export function printValue(value: Value, style: PrintStyle = { names: false }): string {
  switch (typeof value) {
    case 'undefined':
      return '<nil>';
    case 'string':
      return value;
    case 'number':
      return formatFloat(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return printParts(value, style);
  }
}

function printParts(value: Exclude<Value, string | number | boolean | bigint | undefined>, style: PrintStyle): string {
  if (value instanceof Moment) return formatDate(value, layout);
  if (value instanceof Struct) return printStruct(value, style);
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, item]) => `${key}:${printValue(item, style)}`)
      .join(' ')}]`;
  return isList(value) ? `[${value.map((item) => printValue(item, style)).join(' ')}]` : '';
}

function printStruct(value: Struct, style: PrintStyle): string {
  const fields = value.names.map((name) => `${style.names ? `${name}:` : ''}${printValue(value.read(name), style)}`);
  return `{${fields.join(' ')}}`;
}

/** Values side by side (fmt.Sprint): a space between two of which neither is a string. */
export function printAll(values: readonly Value[]): string {
  return values
    .map((value, index) => {
      const before = values[index - 1];
      const apart = index > 0 && typeof value !== 'string' && typeof before !== 'string';
      return `${apart ? ' ' : ''}${printValue(value)}`;
    })
    .join('');
}
