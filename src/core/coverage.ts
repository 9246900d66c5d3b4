import type { ErrorData } from './error.ts';
import type { LayerRef } from './package.ts';

/**
 * Something the reader of a result must know about what was, or was not, looked at.
 * `incomplete` keeps a gate from passing; `note` does not.
 */
export interface CoverageNote {
  readonly effect: 'incomplete' | 'note';
  /** Stable name, for example `file-unreadable`. */
  readonly code: CoverageCode;
  readonly message: string;
  readonly path?: string;
  readonly layer?: LayerRef;
  readonly data?: ErrorData;
}

export type CoverageCode =
  | 'layer-unreadable'
  | 'layer-mismatch'
  | 'entry-skipped'
  | 'limit-reached'
  | 'file-unreadable'
  | 'os-unknown'
  | 'os-unsupported'
  | 'os-end-of-life'
  | 'data-missing'
  | 'data-stale'
  | 'data-unreadable'
  | 'version-incomparable'
  | 'scanner-absent'
  | 'archive-unidentified'
  | 'no-advisories'
  | 'sbom-incomplete'
  | 'sbom-lacks'
  | 'sbom-unverified'
  | 'report-lacks'
  | 'filtered';

/** How many files a cataloger read, and how many packages it found in them. */
export interface CatalogerCoverage {
  readonly cataloger: string;
  readonly files: number;
  readonly packages: number;
}

export interface Coverage {
  readonly catalogers: readonly CatalogerCoverage[];
  readonly notes: readonly CoverageNote[];
}

export function isComplete(notes: readonly CoverageNote[]): boolean {
  return notes.every((note) => note.effect === 'note');
}
