import type { Clock } from '../core/index.ts';
import { mapPooled } from '../kit/pool.ts';
import { type Fact, type Gather, type Need, needKey } from '../policy/index.ts';
import { type FactOrigin, type Meter, silentMeter } from './meter.ts';
import type { SharedFact, SharedFacts } from './shared-facts.ts';

/** How long facts are kept, in milliseconds, and how many characters of JSON all of them may have. */
export interface FactCacheOptions {
  readonly clock: Clock;
  readonly positive?: number;
  readonly negative?: number;
  readonly size?: number;
  readonly meter?: Pick<Meter, 'fact' | 'lookup'>;
  /** What other replicas have found out. */
  readonly shared?: SharedFacts;
}

/** Gathers, and tells of each fact where it was found. */
export type ToldGather = (needs: readonly Need[], tell?: (origin: FactOrigin) => void) => ReturnType<Gather>;

interface Kept {
  readonly fact: Fact;
  readonly until: number;
  readonly size: number;
}

interface Found {
  readonly fact: Fact;
  readonly origin: FactOrigin;
}

const presets = { positive: 600_000, negative: 10_000, size: 64 * 2 ** 20, meter: silentMeter };
const width = 8;

/**
 * Keeps what is known of digests for the time it may be believed; a need says all that evidence depends on but the trusted
 * root, so that one of these lives as long as its root. Whoever needs what is being gathered waits for it. What a name means
 * is asked anew each time, once for all who ask at the same time.
 */
export class FactCache {
  readonly #gather: Gather;
  readonly #options: Required<Omit<FactCacheOptions, 'shared'>> & Pick<FactCacheOptions, 'shared'>;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Found>>();
  #size = 0;

  constructor(gather: Gather, options: FactCacheOptions) {
    this.#gather = gather;
    this.#options = { ...presets, ...options };
  }

  get size(): number {
    return this.#kept.size;
  }

  readonly gather: ToldGather = async (needs, tell) => {
    const keyed = needs.map((need) => ({ need, key: needKey(need) }));
    const waiting = new Set(keyed.filter(({ key }) => this.#underWay.has(key)).map(({ key }) => key));
    this.#start(keyed.filter(({ key }) => this.#find(key) === undefined && !waiting.has(key)).map(({ need }) => need));
    const facts = await mapPooled(keyed, keyed.length, async ({ need, key }): Promise<[string, Fact]> => {
      const kept = this.#find(key);
      const found = kept === undefined ? await this.#underWay.get(key) : { fact: kept, origin: 'memory' as const };
      const origin = waiting.has(key) ? 'waited' : (found?.origin ?? 'source');
      this.#options.meter.fact(need.kind, origin);
      tell?.(origin);
      return [key, found?.fact ?? { kind: 'unknown', reason: lost }];
    });
    return new Map(facts);
  };

  /** Needs of one image are gathered together, so that its evidence is fetched once; nobody waits for other images. */
  #start(needs: readonly Need[]): void {
    const groups = Map.groupBy(needs, (need) => (need.kind === 'object' ? needKey(need) : need.image));
    const promises = new Map<string, PromiseWithResolvers<Found>>();
    for (const need of needs) promises.set(needKey(need), Promise.withResolvers<Found>());
    for (const [key, { promise }] of promises) this.#underWay.set(key, promise);
    const settle = (need: Need, found: Found): void => {
      const key = needKey(need);
      this.#underWay.delete(key);
      promises.get(key)?.resolve(found);
    };
    void mapPooled([...groups.values()], width, (group) => this.#gatherGroup(group, settle));
  }

  async #gatherGroup(group: readonly Need[], settle: (need: Need, found: Found) => void): Promise<void> {
    const { meter, shared } = this.#options;
    const missing = shared === undefined ? group : await this.#askOthers(group, shared, settle);
    if (missing.length === 0) return;
    const facts = await this.#gather(missing).catch(() => new Map<string, Fact>());
    for (const need of missing) {
      const key = needKey(need);
      const fact = facts.get(key) ?? { kind: 'unknown', reason: lost };
      meter.lookup(need.kind, fact.kind !== 'unknown');
      const found = { fact, until: this.#now() + this.#timeOf(need, fact) };
      this.#keep(key, found);
      if (need.kind === 'evidence' && fact.kind === 'evidence') shared?.keep(key, found, this.#now());
      settle(need, { fact, origin: 'source' });
    }
  }

  /** Settles what other replicas know; returns what they do not. */
  async #askOthers(
    group: readonly Need[],
    shared: SharedFacts,
    settle: (need: Need, found: Found) => void,
  ): Promise<readonly Need[]> {
    const missing = await mapPooled(group, group.length, async (need) => {
      const found = need.kind === 'evidence' ? await shared.find(needKey(need), this.#now()) : undefined;
      if (found === undefined) return [need];
      this.#keep(needKey(need), found);
      settle(need, { fact: found.fact, origin: 'shared' });
      return [];
    });
    return missing.flat();
  }

  #find(key: string): Fact | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    if (kept.until > this.#now()) return kept.fact;
    this.#forget(key, kept);
    return undefined;
  }

  #keep(key: string, { fact, until }: SharedFact): void {
    const size = key.length + sizeOf(fact);
    if (until <= this.#now() || size > this.#options.size) return;
    const before = this.#kept.get(key);
    if (before !== undefined) this.#forget(key, before);
    this.#kept.set(key, { fact, until, size });
    this.#size += size;
    for (const [oldest, kept] of this.#kept) {
      if (this.#size <= this.#options.size) break;
      this.#forget(oldest, kept);
    }
  }

  /** What is missing today may be there in a moment, as when an image is signed. */
  #timeOf({ kind }: Need, fact: Fact): number {
    const { positive, negative } = this.#options;
    if (fact.kind === 'unknown') return negative;
    if (kind !== 'evidence' || fact.kind !== 'evidence') return 0;
    return fact.pieces.some(({ outcome }) => outcome === 'verified') ? positive : negative;
  }

  #forget(key: string, { size }: Kept): void {
    this.#kept.delete(key);
    this.#size -= size;
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

const lost = { code: 'ADMISSION_FAILED', message: 'it could not be found out', hint: '', data: {} };

function sizeOf(fact: Fact): number {
  return JSON.stringify(fact).length;
}
