/** How versions of one ecosystem are ordered. */
export interface VersionOrder {
  /** Negative, zero or positive as `a` is before, equal to or after `b`. @throws VERSION_INVALID */
  compare(a: string, b: string): number;
  /** True when `version` lies in `range`, in the ecosystem's own notation. @throws VERSION_INVALID, VERSION_RANGE_INVALID */
  satisfies(version: string, range: string): boolean;
  /** The spelling that reports show; absent where versions are shown as written. */
  normalize?(version: string): string;
}

export interface VersionScheme {
  readonly id: string;
  readonly title: string;
  /** Where the rules are written down. */
  readonly specification: string;
  readonly load: () => Promise<VersionOrder>;
}
