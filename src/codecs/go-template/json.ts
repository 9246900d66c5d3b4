import { formatDate, rfc3339Nano } from './date-format.ts';
import { Moment } from './moment.ts';
import { isList, isMap, Struct, sortedEntries, type Value } from './value.ts';

export interface JsonStyle {
  readonly indent: number;
  /** Escapes `<`, `>` and `&`, as Go does unless told otherwise. */
  readonly escapesHtml: boolean;
}

/** A value as JSON (Go's encoding/json): the keys of maps sorted. */
export function toJson(value: Value, { indent, escapesHtml }: JsonStyle): string {
  const text = JSON.stringify(toPlain(value), undefined, indent);
  const separators = text.replace(/[\u2028\u2029]/g, toEscape);
  return escapesHtml ? separators.replace(/[<>&]/g, toEscape) : separators;
}

/** A value as JSON.stringify takes it, the keys of maps sorted. */
export function toPlain(value: Value): unknown {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return value.toWellFormed();
    case 'bigint':
      return Number(value);
    case 'object':
      return toObject(value);
    default:
      return value;
  }
}

function toObject(value: Exclude<Value, string | number | boolean | bigint | undefined>): unknown {
  if (value instanceof Moment) return formatDate(value, rfc3339Nano);
  if (value instanceof Struct) {
    return value.json?.() ?? withoutPrototype(value.names.map((name) => [name, value.read(name)]));
  }
  if (isMap(value)) return withoutPrototype(sortedEntries(value));
  return isList(value) ? value.map(toPlain) : null;
}

/** Keys such as `__proto__` are keys like any other. */
function withoutPrototype(entries: readonly (readonly [string, Value])[]): unknown {
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) object[key] = toPlain(value);
  return object;
}

function toEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
