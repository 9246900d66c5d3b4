import type { Digest } from '../core/index.ts';

/** What a tag means now, or why nobody could say. */
export type Answer =
  | { readonly kind: 'image'; readonly digest: Digest; readonly tag: string }
  | { readonly kind: 'commit'; readonly commit: string; readonly tag: string }
  /** There is a newer one, which is not taken yet. */
  | (Failure & { readonly kind: 'kept' })
  | (Failure & { readonly kind: 'failed' });

export interface Failure {
  /** Of the error, for programs. */
  readonly code: string;
  readonly reason: string;
}
