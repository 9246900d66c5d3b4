/** One change of an object (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'replace';
  /** A JSON pointer. */
  readonly path: string;
  readonly value: unknown;
}
