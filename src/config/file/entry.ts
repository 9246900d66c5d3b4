/** One value of a configuration file. */
export interface FileEntry {
  /** Dotted path as written. */
  readonly key: string;
  /** A scalar, a list, or a Map for keys that hold one. */
  readonly value: unknown;
  /** 1-based. */
  readonly line: number;
}
