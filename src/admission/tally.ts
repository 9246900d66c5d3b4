import type { Purpose, Verdict } from './verdict.ts';

/** Why a request was not taken for a review. */
export type Refusal = 'client' | 'malformed' | 'too-large' | 'slow' | 'busy' | 'not-a-review';

/** What happened since the start. */
export class Tally {
  /** By what was asked and what was answered, for example `validate allowed`. */
  readonly reviews: Map<`${Purpose} ${Verdict['outcome']}`, number> = new Map();
  readonly refusals: Map<Refusal, number> = new Map();

  review(purpose: Purpose, outcome: Verdict['outcome']): void {
    count(this.reviews, `${purpose} ${outcome}`);
  }

  refusal(why: Refusal): void {
    count(this.refusals, why);
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
