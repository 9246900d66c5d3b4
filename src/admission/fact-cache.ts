import type { Clock } from '../core/index.ts';
import { mapPooled } from '../kit/pool.ts';
import { type Fact, type Gather, type Need, needKey } from '../policy/index.ts';

/** How long facts are kept, in milliseconds, and how many characters of JSON all of them may have. */
export interface FactCacheOptions {
  readonly clock: Clock;
  readonly positive?: number;
  readonly negative?: number;
  readonly size?: number;
}

interface Kept {
  readonly fact: Fact;
  readonly until: number;
  readonly size: number;
}

const presets = { positive: 600_000, negative: 10_000, size: 64 * 2 ** 20 };
const width = 8;

/**
 * Keeps what is known of digests for the time it may be believed; a need says all that evidence depends on but the trusted
 * root, so that one of these lives as long as its root. Whoever needs what is being gathered waits for it. What a name means
 * is asked anew each time, once for all who ask at the same time.
 */
export class FactCache {
  readonly #gather: Gather;
  readonly #options: Required<FactCacheOptions>;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Fact>>();
  #size = 0;
  hits = 0;
  misses = 0;

  constructor(gather: Gather, options: FactCacheOptions) {
    this.#gather = gather;
    this.#options = { ...presets, ...options };
  }

  get size(): number {
    return this.#kept.size;
  }

  readonly gather: Gather = async (needs) => {
    const missing = needs.filter(
      (need) => this.#find(needKey(need)) === undefined && !this.#underWay.has(needKey(need)),
    );
    this.#start(missing);
    const facts = await mapPooled(needs, needs.length, async (need): Promise<[string, Fact]> => {
      const key = needKey(need);
      const fact = this.#find(key) ?? (await this.#underWay.get(key));
      return [key, fact ?? { kind: 'unknown', reason: lost }];
    });
    this.hits += needs.length - missing.length;
    this.misses += missing.length;
    return new Map(facts);
  };

  /** Needs of one image are gathered together, so that its evidence is fetched once; nobody waits for other images. */
  #start(needs: readonly Need[]): void {
    const groups = Map.groupBy(needs, (need) => (need.kind === 'object' ? needKey(need) : need.image));
    const promises = new Map<string, PromiseWithResolvers<Fact>>();
    for (const need of needs) promises.set(needKey(need), Promise.withResolvers<Fact>());
    for (const [key, { promise }] of promises) this.#underWay.set(key, promise);
    void mapPooled([...groups.values()], width, (group) => this.#gatherGroup(group, promises));
  }

  async #gatherGroup(group: readonly Need[], promises: ReadonlyMap<string, PromiseWithResolvers<Fact>>): Promise<void> {
    const facts = await this.#gather(group).catch(() => new Map<string, Fact>());
    for (const need of group) {
      const key = needKey(need);
      const fact = facts.get(key) ?? { kind: 'unknown', reason: lost };
      this.#keep(key, need, fact);
      this.#underWay.delete(key);
      promises.get(key)?.resolve(fact);
    }
  }

  #find(key: string): Fact | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    if (kept.until > this.#now()) return kept.fact;
    this.#forget(key, kept);
    return undefined;
  }

  #keep(key: string, need: Need, fact: Fact): void {
    const time = this.#timeOf(need, fact);
    const size = key.length + JSON.stringify(fact).length;
    if (time === 0 || size > this.#options.size) return;
    const before = this.#kept.get(key);
    if (before !== undefined) this.#forget(key, before);
    this.#kept.set(key, { fact, until: this.#now() + time, size });
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
