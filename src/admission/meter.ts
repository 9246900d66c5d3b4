import type { Purpose, Verdict } from './verdict.ts';

/** Why a request was not taken for a review, or a connection never came to one. */
export const refusals = [
  'client',
  'client-name',
  'malformed',
  'too-large',
  'slow',
  'busy',
  'no-room',
  'not-a-review',
  'handshake',
  'slow-headers',
  'no-http',
  'connections',
] as const;
export type Refusal = (typeof refusals)[number];

/** A review that was answered. */
export interface SeenReview {
  readonly purpose: Purpose;
  readonly outcome: Verdict['outcome'];
  readonly operation: string;
  readonly kind: string;
  readonly milliseconds: number;
  /** Rules that deny, whether or not the request was let in all the same. */
  readonly denials: readonly { readonly policy: string; readonly rule: string }[];
  /** Why it was let in whatever policies say. */
  readonly exemption?: string;
}

/** Where a fact came from. */
export type FactOrigin = 'memory' | 'waited' | 'shared' | 'source';

/** What came of asking the store of all replicas. */
export type SharedOutcome = 'hit' | 'miss' | 'forged' | 'failed';

/** Objects that run, by what policies say of them today. */
export interface RecheckCounts {
  readonly allowed: number;
  readonly denied: number;
  /** Could not be judged. */
  readonly errors: number;
}

/** Who counts what happens. */
export interface Meter {
  review(seen: SeenReview): void;
  refusal(why: Refusal): void;
  /** A fact was asked for. */
  fact(kind: string, origin: FactOrigin): void;
  /** Registries or a cluster were asked, and could tell or not. */
  lookup(kind: string, isKnown: boolean): void;
  shared(outcome: SharedOutcome): void;
  /** Something could not be kept: a record, a report. */
  lost(what: string): void;
  /** Everything that runs was judged again: how many objects came to what. */
  recheck(counts: RecheckCounts): void;
  /** Files have changed. */
  reload(what: string, isUsed: boolean): void;
}

const nothing = (): void => undefined;

/** Counts nothing. */
export const silentMeter: Meter = {
  review: nothing,
  refusal: nothing,
  fact: nothing,
  lookup: nothing,
  shared: nothing,
  lost: nothing,
  recheck: nothing,
  reload: nothing,
};
