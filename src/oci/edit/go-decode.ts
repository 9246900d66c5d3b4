import { isObject } from '../manifest.ts';
import { normalizeTime } from './go-time.ts';
import type { Document, Field, FieldKind, Nested } from './go-value.ts';

/** Says what is wrong and does not return. */
export type Fail = (reason: string) => never;

/** Reads an object into a document: unknown fields are dropped, names match in any case, null is nothing. */
export function decodeDocument(value: unknown, fields: readonly Field[], fail: Fail, path = ''): Document {
  if (!isObject(value)) return fail(`${path || 'it'} is not an object`);
  const entries = Object.entries(value).filter(([, each]) => each !== null);
  const found = fields.flatMap((field): [string, unknown][] => {
    const entry = findEntry(entries, field.name);
    return entry === undefined ? [] : [[field.name, decodeField(entry[1], field.kind, fail, join(path, field.name))]];
  });
  return Object.fromEntries(found);
}

function findEntry(entries: readonly [string, unknown][], name: string): [string, unknown] | undefined {
  const exact = entries.find(([key]) => key === name);
  return exact ?? entries.findLast(([key]) => key.toLowerCase() === name.toLowerCase());
}

function decodeField(value: unknown, kind: FieldKind, fail: Fail, path: string): unknown {
  if (typeof kind === 'object') return decodeNested(value, kind, fail, path);
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value.toWellFormed() : fail(`${path} is not a text`);
    case 'integer':
      return Number.isSafeInteger(value) ? value : fail(`${path} is not a whole number`);
    case 'switch':
      return typeof value === 'boolean' ? value : fail(`${path} is not true or false`);
    case 'texts':
      return decodeList(value, fail, path).map((item) => decodeField(item ?? '', 'text', fail, path));
    case 'pairs':
      return new Map(
        entriesOf(value, fail, path).map(([key, item]) => [key, decodeField(item ?? '', 'text', fail, path)]),
      );
    case 'names':
      return new Set(entriesOf(value, fail, path).map(([key]) => key));
    case 'time':
      return (typeof value === 'string' ? normalizeTime(value) : undefined) ?? fail(`${path} is not a time`);
  }
}

function decodeNested(value: unknown, { fields, as }: Nested, fail: Fail, path: string): unknown {
  if (as !== 'list') return decodeDocument(value, fields, fail, path);
  return decodeList(value, fail, path).map((item) => decodeDocument(item ?? {}, fields, fail, path));
}

const maxItems = 10_000;

function decodeList(value: unknown, fail: Fail, path: string): readonly unknown[] {
  if (!Array.isArray(value)) return fail(`${path} is not a list`);
  return value.length > maxItems ? fail(`${path} has more than ${maxItems} items`) : value;
}

function entriesOf(value: unknown, fail: Fail, path: string): [string, unknown][] {
  if (!isObject(value)) return fail(`${path} is not an object`);
  return Object.entries(value).map(([key, item]) => [key.toWellFormed(), item]);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
