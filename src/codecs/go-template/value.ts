import type { Moment } from './moment.ts';

/**
 * What a template works on. A `bigint` is one of Go's integers, a `number` a float64, `undefined` is nil. Objects of
 * JavaScript never come in, so that a template reaches no prototype.
 */
export type Value =
  | undefined
  | boolean
  | bigint
  | number
  | string
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | Struct
  | Moment;

export interface StructParts {
  /** Go's name of the type, for `typeOf` and messages: `types.Result`. */
  readonly type: string;
  /** Names of the fields, in order. */
  readonly names: readonly string[];
  /** The value of a field, also of one that is only promoted from an embedded one; asked for when it is used. */
  readonly read: (name: string) => Value;
  /** Whether a field of that name can be read. */
  readonly has?: (name: string) => boolean;
  /** What `toJson` writes; the fields when absent. */
  readonly json?: () => unknown;
}

/** A value with a fixed set of fields: asking for another one is an error, where a map answers with nothing. */
export class Struct {
  readonly type: string;
  readonly names: readonly string[];
  readonly #parts: StructParts;

  constructor(parts: StructParts) {
    this.type = parts.type;
    this.names = parts.names;
    this.#parts = parts;
  }

  has(name: string): boolean {
    return this.#parts.has?.(name) ?? this.names.includes(name);
  }

  read(name: string): Value {
    return this.#parts.read(name);
  }

  get json(): (() => unknown) | undefined {
    return this.#parts.json;
  }
}

/** A map whose missing keys have the zero value of its type, when `index` asks for them. */
export class TypedMap extends Map<string, Value> {
  readonly zero: Value;

  constructor(entries: Iterable<readonly [string, Value]>, zero: Value) {
    super(entries);
    this.zero = zero;
  }
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

/** Parsed JSON as a value: whole numbers become integers, objects maps of their own keys. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return json;
    case 'number':
      return Number.isSafeInteger(json) ? BigInt(json) : json;
    case 'object':
      if (json === null) return undefined;
      if (Array.isArray(json)) return json.map(fromJson);
      return new Map(Object.entries(json).map(([key, item]) => [key, fromJson(item)]));
    default:
      return undefined;
  }
}

/** Keys in the order in which Go visits and prints maps. */
export function sortedEntries(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => compareText(a, b));
}

/** The order of the bytes of UTF-8, which is the order of Go's strings. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
