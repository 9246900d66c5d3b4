import { expect, test } from 'vitest';
import { recordMeter } from '../../testkit/meter.ts';
import { person, signedBy, testDigest } from '../../testkit/policy.ts';
import { type EvidenceNeed, type Fact, type Need, needKey } from '../policy/index.ts';
import { FactCache } from './fact-cache.ts';
import { SharedFacts } from './shared-facts.ts';

const proof = { by: { kind: 'certificate' }, log: { required: true }, certificateLog: { required: true } } as const;
const need: EvidenceNeed = { kind: 'evidence', image: `r.example/a@${testDigest}`, proof };
const signed: Fact = { kind: 'evidence', pieces: [signedBy(person('a@b.c'))] };
const unsigned: Fact = { kind: 'evidence', pieces: [] };

/** A store in memory, which also forgets nothing. */
function makeStore() {
  const values = new Map<string, Buffer>();
  const times: number[] = [];
  return {
    values,
    times,
    get: async (name: string) => values.get(name),
    set: async (name: string, value: Uint8Array, milliseconds: number) => {
      times.push(milliseconds);
      values.set(name, Buffer.from(value));
    },
  };
}

type Store = Pick<ReturnType<typeof makeStore>, 'get' | 'set'>;

/** A replica; it asks the source with `answer`. */
function replica(store: Store, given: { answer?: Fact; scope?: string; key?: number; now?: () => number } = {}) {
  const { answer = signed, scope = 'policies', key = 1, now = () => 0 } = given;
  const meter = recordMeter();
  const asked: Need[] = [];
  const cache = new FactCache(
    async (needs) => {
      asked.push(...needs);
      return new Map(needs.map((one) => [needKey(one), answer]));
    },
    {
      clock: { now: () => new Date(now()) },
      meter,
      shared: new SharedFacts({ store, key: Buffer.alloc(32, key), scope, meter }),
    },
  );
  const origins: string[] = [];
  const ask = async (one: Need = need) =>
    (await cache.gather([one], (origin) => origins.push(origin))).get(needKey(one));
  return { ask, asked, meter, origins };
}

test('what one replica has found out another need not ask for', async () => {
  const store = makeStore();
  const [first, second] = [replica(store), replica(store)];
  expect(await first.ask()).toEqual(signed);
  expect(await second.ask()).toEqual(signed);
  expect(await second.ask()).toEqual(signed);
  expect([first.asked.length, second.asked.length]).toEqual([1, 0]);
  expect([first.origins, second.origins]).toEqual([['source'], ['shared', 'memory']]);
  expect([first.meter.kept.shared, second.meter.kept.shared]).toEqual([['miss'], ['hit']]);
  expect(store.times).toEqual([600_000]);
});

test('that there is no evidence is told for a short time, names and unknown facts not at all', async () => {
  const store = makeStore();
  await replica(store, { answer: unsigned }).ask();
  expect(store.times).toEqual([10_000]);
  const reason = { code: 'X', message: '', hint: '', data: {} };
  await replica(makeStore(), { answer: { kind: 'unknown', reason } }).ask();
  const other = replica(store, { answer: { kind: 'digest', digest: testDigest } });
  await other.ask({ kind: 'digest', image: 'r.example/a:1' });
  expect(store.values.size).toBe(1);
  expect(other.meter.kept.shared).toEqual([]);
});

test('a value of another key, another name, other policies or another time is not believed', async () => {
  const store = makeStore();
  await replica(store).ask();
  const [[name = '', value = Buffer.alloc(0)] = []] = store.values;
  const stranger = replica(store, { key: 2, answer: unsigned });
  expect(await stranger.ask()).toEqual(unsigned);
  const changed = replica(store, { scope: 'other policies', answer: unsigned });
  expect(await changed.ask()).toEqual(unsigned);
  const later = replica(store, { now: () => 600_000, answer: unsigned });
  expect(await later.ask()).toEqual(unsigned);
  expect(later.meter.kept.shared).toEqual(['miss']);
  for (const at of [0, 31, 32, 39, 40, value.length - 1]) {
    const forged = Buffer.from(value);
    forged[at] = (forged[at] ?? 0) ^ 1;
    store.values.set(name, forged);
    const victim = replica({ ...store, set: async () => undefined }, { answer: unsigned });
    expect(await victim.ask()).toEqual(unsigned);
    expect(victim.meter.kept.shared).toEqual(['forged']);
  }
});

test('a value that was moved to another name is not believed', async () => {
  const store = makeStore();
  await replica(store).ask();
  const [value = Buffer.alloc(0)] = store.values.values();
  const victim = replica({ get: async () => value, set: async () => undefined }, { answer: unsigned });
  expect(await victim.ask({ ...need, image: `r.example/evil@${testDigest}` })).toEqual(unsigned);
  expect(victim.meter.kept.shared).toEqual(['forged']);
});

test('a store that is gone costs nothing but a count; names in it tell nothing', async () => {
  const broken = {
    get: async () => Promise.reject(new RangeError('gone')),
    set: async () => Promise.reject(new RangeError('gone')),
  };
  const alone = replica(broken);
  expect(await alone.ask()).toEqual(signed);
  expect(alone.meter.kept.shared).toEqual(['failed', 'failed']);
  const store = makeStore();
  await replica(store).ask();
  expect([...store.values.keys()].join()).toMatch(/^plimsoll:fact:1:[0-9a-f]{64}$/);
});
