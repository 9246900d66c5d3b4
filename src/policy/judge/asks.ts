import { type Fact, type Facts, type Need, needKey } from '../model/need.ts';

type FactOf<N extends Need> = Extract<Fact, { readonly kind: N['kind'] | 'unknown' }>;

/** The facts of one round, and what is missing of them. */
export class Asks {
  readonly #facts: Facts;
  readonly #missing = new Map<string, Need>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** What is known of a need; undefined, and asked for, when nothing is. */
  ask<N extends Need>(need: N): FactOf<N> | undefined {
    const key = needKey(need);
    const fact = this.#facts.get(key);
    if (fact?.kind === need.kind || fact?.kind === 'unknown') return fact as FactOf<N>;
    // A fact of another kind is a mistake of the caller, and as good as none.
    this.#missing.set(key, need);
    return undefined;
  }

  get missing(): readonly Need[] {
    return [...this.#missing.values()];
  }
}
