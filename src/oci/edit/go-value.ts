/** How a field of a document is read and written, as Go's encoding/json does with the struct of the same shape. */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'switch'
  | 'texts'
  /** Texts by name; a `Map`, as names are the user's. */
  | 'pairs'
  /** Names that stand for themselves, written as an object of empty objects; a `Set`. */
  | 'names'
  | 'time'
  | Nested;

export interface Nested {
  readonly fields: readonly Field[];
  /** One, one that may be absent, or a list of them. */
  readonly as: 'one' | 'optional' | 'list';
}

export interface Field {
  /** The name in JSON. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Left out when it is empty (Go's `omitempty`, which structs and times ignore). */
  readonly omit?: true;
}

/** A document in memory: fields that are empty are absent. */
export type Document = Readonly<Record<string, unknown>>;

/** What Go writes for a time that was never set. */
export const zeroTime = '0001-01-01T00:00:00Z';
