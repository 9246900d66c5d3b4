import type { JsonObject } from '../model/json.ts';
import type { Action, SignatureRequirement } from '../model/policy.ts';

/** What policies of several dialects can say: which images, who must have signed, and what a failure does. */
export interface PortablePolicy {
  readonly name: string;
  readonly images: readonly PortablePattern[];
  /** Each must hold. */
  readonly clauses: readonly Clause[];
  readonly action: Action;
  /** Whether digests are written behind tags. */
  readonly pins: boolean;
  /** Whether images that no policy of the file names are denied. */
  readonly deniesOthers: boolean;
}

/** A text of an image's name, from its beginning or anywhere in it, and what may follow. */
export interface PortablePattern {
  readonly start: 'beginning' | 'anywhere';
  readonly text: string;
  /** `segment` stops at a slash. */
  readonly end: 'exact' | 'segment' | 'anything';
}

/** So many of the signers must have signed, or must have made a statement of the type. */
export interface Clause {
  readonly predicateType?: string;
  readonly atLeast: number;
  readonly signers: readonly SignatureRequirement[];
}

/** A dialect's part in conversions. */
export interface PolicyConverter {
  /** @throws POLICY_NOT_CONVERTIBLE for a part that has no counterpart elsewhere */
  readonly read: (documents: readonly JsonObject[]) => readonly PortablePolicy[];
  /** @throws POLICY_NOT_CONVERTIBLE for a part that the dialect cannot say */
  readonly write: (policies: readonly PortablePolicy[]) => readonly JsonObject[];
}
