import type { CoverageNote } from './coverage.ts';

/**
 * The answer of one evaluation. `fail` when findings or end of life break the gate, `incomplete` when nothing does
 * but something could not be judged, else `pass`.
 */
export interface Verdict {
  readonly result: 'pass' | 'fail' | 'incomplete';
  /** True when the caller asked for a gate, so that the result decides an exit code. */
  readonly gated: boolean;
  readonly reasons: readonly VerdictReason[];
}

export type VerdictReason =
  | { readonly kind: 'findings'; readonly count: number }
  | { readonly kind: 'end-of-life'; readonly family: string; readonly release: string }
  | { readonly kind: 'incomplete'; readonly note: CoverageNote };
