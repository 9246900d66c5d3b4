import { toGoJson } from '../go-json/text.ts';
import { type Document, type Field, type FieldKind, type Nested, zeroTime } from './go-value.ts';

/** Writes a document in the order of its fields, byte for byte as Go's json.Marshal does. */
export function encodeDocument(document: Document, fields: readonly Field[]): string {
  const members = fields.flatMap(({ name, kind, omit }) => {
    const value = document[name];
    if (omit === true && isEmpty(value, kind)) return [];
    return [`${toGoJson(name)}:${encodeField(value, kind)}`];
  });
  return `{${members.join(',')}}`;
}

function isEmpty(value: unknown, kind: FieldKind): boolean {
  if (kind === 'time' || (typeof kind === 'object' && kind.as === 'one')) return false;
  if (value === undefined || value === '' || value === 0 || value === false) return true;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  return Array.isArray(value) && value.length === 0;
}

function encodeField(value: unknown, kind: FieldKind): string {
  if (typeof kind === 'object') return encodeNested(value, kind);
  switch (kind) {
    case 'text':
      return toGoJson((value as string | undefined) ?? '');
    case 'integer':
      return String(value ?? 0);
    case 'switch':
      return String(value ?? false);
    case 'texts':
      return encodeList(value as readonly string[] | undefined, (item) => toGoJson(item));
    case 'pairs':
      return encodeMembers(value as ReadonlyMap<string, string> | undefined, (item) => toGoJson(item));
    case 'names':
      return encodeMembers(
        new Map([...((value as ReadonlySet<string> | undefined) ?? [])].map((it) => [it, ''])),
        () => '{}',
      );
    case 'time':
      return toGoJson((value as string | undefined) ?? zeroTime);
  }
}

function encodeNested(value: unknown, { fields, as }: Nested): string {
  if (as === 'list') {
    return encodeList(value as readonly Document[] | undefined, (item) => encodeDocument(item, fields));
  }
  if (value === undefined && as === 'optional') return 'null';
  return encodeDocument((value as Document | undefined) ?? {}, fields);
}

function encodeList<T>(list: readonly T[] | undefined, encode: (item: T) => string): string {
  return list === undefined ? 'null' : `[${list.map(encode).join(',')}]`;
}

/** Sorted by the bytes of the names, as Go sorts the keys of a map. */
function encodeMembers(map: ReadonlyMap<string, string> | undefined, encode: (value: string) => string): string {
  if (map === undefined) return 'null';
  const sorted = [...map].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `{${sorted.map(([name, value]) => `${toGoJson(name)}:${encode(value)}`).join(',')}}`;
}
