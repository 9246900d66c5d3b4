import { expect, test } from 'vitest';
import { person, signedBy, testDigest, unknownFact } from '../../testkit/policy.ts';
import { type EvidenceNeed, type Fact, type Need, needKey } from '../policy/index.ts';
import { FactCache, type FactCacheOptions } from './fact-cache.ts';

const proof = { by: { kind: 'certificate' }, log: { required: true }, certificateLog: { required: true } } as const;
const evidenceOf = (name: string, more: Partial<EvidenceNeed> = {}): EvidenceNeed => ({
  kind: 'evidence',
  image: `r.example/${name}@${testDigest}`,
  proof,
  ...more,
});
const digestOf = (name: string): Need => ({ kind: 'digest', image: `r.example/${name}:1` });
const signed: Fact = { kind: 'evidence', pieces: [signedBy(person('a@b.c'))] };

function setUp(answer: (need: Need) => Fact | Promise<Fact>, options: Partial<FactCacheOptions> = {}) {
  const asked: string[][] = [];
  let time = 0;
  const cache = new FactCache(
    async (needs) => {
      asked.push(needs.map(({ kind }) => kind));
      return new Map(await Promise.all(needs.map(async (need) => [needKey(need), await answer(need)] as const)));
    },
    { clock: { now: () => new Date(time) }, ...options },
  );
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { cache, asked, pass };
}

const factOf = async ({ cache }: ReturnType<typeof setUp>, need: Need) =>
  (await cache.gather([need])).get(needKey(need));

test('evidence of a digest is asked for once in ten minutes, what a name means each time', async () => {
  const made = setUp((need) => (need.kind === 'digest' ? { kind: 'digest', digest: testDigest } : signed));
  for (let round = 0; round < 3; round++) await made.cache.gather([evidenceOf('a'), digestOf('a')]);
  expect(made.asked).toEqual([['evidence'], ['digest'], ['digest'], ['digest']]);
  made.pass(600_000);
  expect(await factOf(made, evidenceOf('a'))).toEqual(signed);
  expect(made.asked).toHaveLength(5);
});

test('what is missing or unknown is looked for again soon', async () => {
  const made = setUp((need) =>
    need.kind === 'digest' ? unknownFact('NET_UNREACHABLE') : { kind: 'evidence', pieces: [] },
  );
  await made.cache.gather([evidenceOf('a'), digestOf('b')]);
  await made.cache.gather([evidenceOf('a'), digestOf('b')]);
  expect(made.asked).toHaveLength(2);
  made.pass(10_000);
  await made.cache.gather([evidenceOf('a'), digestOf('b')]);
  expect(made.asked).toHaveLength(4);
});

test('whoever needs the same at the same time waits for one answer, and for no other image', async () => {
  const gate = Promise.withResolvers<Fact>();
  const made = setUp((need) => (need.kind === 'evidence' && need.image.includes('slow') ? gate.promise : signed));
  const slow = Array.from({ length: 20 }, () => factOf(made, evidenceOf('slow')));
  const both = [evidenceOf('a'), evidenceOf('a', { repository: 'r.example/b' })];
  expect((await made.cache.gather(both)).size).toBe(2);
  gate.resolve(signed);
  expect(await Promise.all(slow)).toEqual(Array.from({ length: 20 }, () => signed));
  expect(made.asked).toEqual([['evidence'], ['evidence', 'evidence']]);
});

test('another proof is another need; what is gathered in vain is unknown', async () => {
  const made = setUp((need) => {
    if (need.kind === 'evidence' && need.proof.log.required) return signed;
    throw new RangeError('broken');
  });
  expect(await factOf(made, evidenceOf('a'))).toEqual(signed);
  const other = evidenceOf('a', { proof: { ...proof, log: { required: false } } });
  expect(await factOf(made, other)).toMatchObject({ kind: 'unknown', reason: { code: 'ADMISSION_FAILED' } });
});

test('no more is kept than there is room for', async () => {
  const made = setUp(() => signed, { size: 2000 });
  for (let image = 0; image < 50; image++) await made.cache.gather([evidenceOf(`image-${image}`)]);
  expect(made.cache.size).toBeGreaterThan(0);
  expect(made.cache.size).toBeLessThan(10);
  await made.cache.gather([evidenceOf('image-49')]);
  expect(made.asked).toHaveLength(50);
});
