import type { PolicyImage } from '../images/name.ts';
import type { Check } from '../model/decision.ts';
import type { EvidencePiece } from '../model/need.ts';
import type { Scope } from '../model/policy.ts';
import type { Asks } from './asks.ts';

/** What evidence must be: signatures of the image, or statements of a type. */
export type Wanted = { readonly kind: 'signature' } | { readonly kind: 'attestation'; readonly predicateType: string };

/** The image that requirements are about. */
export interface Subject {
  readonly image: PolicyImage;
  /** With its digest. */
  readonly name: string;
  readonly scope: Scope;
  readonly asks: Asks;
}

export type VerifiedPiece = Extract<EvidencePiece, { readonly outcome: 'verified' }>;

/** A check with what was found; undefined when something must be known first. */
export interface Evaluated {
  readonly check: Check;
  /** Evidence that satisfies it. */
  readonly pieces: readonly VerifiedPiece[];
  /** It could not be found out whether it holds. */
  readonly broke: boolean;
  /** What is not known and holds all the same. */
  readonly warnings?: readonly string[];
}
