import type { Meter, SeenReview } from '../src/admission/meter.ts';

type Kept = 'rechecks' | 'refusals' | 'facts' | 'lookups' | 'shared' | 'lost' | 'reloads';

export interface RecordedMeter extends Meter {
  readonly reviews: SeenReview[];
  readonly kept: Readonly<Record<Kept, string[]>>;
}

/** A meter that keeps what it is told, in order. */
export function recordMeter(): RecordedMeter {
  const kept: Record<Kept, string[]> = {
    rechecks: [],
    refusals: [],
    facts: [],
    lookups: [],
    shared: [],
    lost: [],
    reloads: [],
  };
  const reviews: SeenReview[] = [];
  return {
    reviews,
    kept,
    review: (seen) => void reviews.push(seen),
    refusal: (why) => void kept.refusals.push(why),
    fact: (kind, origin) => void kept.facts.push(`${kind} ${origin}`),
    lookup: (kind, isKnown) => void kept.lookups.push(`${kind} ${isKnown}`),
    shared: (outcome) => void kept.shared.push(outcome),
    recheck: ({ allowed, denied, errors }) => void kept.rechecks.push(`${allowed} ${denied} ${errors}`),
    lost: (what) => void kept.lost.push(what),
    reload: (what, isUsed) => void kept.reloads.push(`${what} ${isUsed}`),
  };
}
