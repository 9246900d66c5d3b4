/**
 * What became of a reference: `unpinned` and `outdated` ones are written anew when writing was asked for; `kept` could be
 * moved and was left, `elsewhere` is decided by another file.
 */
export type ReferenceState =
  | 'pinned'
  | 'unpinned'
  | 'outdated'
  | 'kept'
  | 'unpinnable'
  | 'failed'
  | 'ignored'
  | 'elsewhere';

/** One reference of one file. */
export interface ReferenceOutcome {
  /** As the file was named. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Kind of the file. */
  readonly kind: string;
  /** What it is there: `FROM`, `services.web.image`. */
  readonly what: string;
  /** As the file means it. */
  readonly reference: string;
  readonly state: ReferenceState;
  /** Digest or commit that its tag means now, where that is not the present pin. */
  readonly pin?: string;
  /** Of the error, where something failed. */
  readonly code?: string;
  readonly reason?: string;
}

/** A file that could not be read or written. */
export interface FileProblem {
  readonly path: string;
  readonly code: string;
  readonly reason: string;
}

export interface PinReport {
  /** Files with references. */
  readonly files: number;
  readonly references: readonly ReferenceOutcome[];
  readonly problems: readonly FileProblem[];
  /** Files that were written, or would be; the difference only where it was asked for. */
  readonly changed: readonly ChangedFile[];
}

export interface ChangedFile {
  readonly path: string;
  /** Unified diff. */
  readonly diff?: string;
}

/** True when every reference is pinned, ignored, or judged elsewhere. */
export function isAllPinned({ references, problems }: PinReport): boolean {
  const loose: ReadonlySet<ReferenceState> = new Set(['unpinned', 'outdated', 'unpinnable', 'failed']);
  return problems.length === 0 && references.every(({ state }) => !loose.has(state));
}

/** True when everything was done that can be done. */
export function isAllDone({ references, problems }: PinReport): boolean {
  return problems.length === 0 && references.every(({ state }) => state !== 'failed');
}
