import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer, reviewOf } from '../../testkit/admission.ts';
import { fixedClock, inPieces, recordLog } from '../../testkit/context.ts';
import { recordMeter } from '../../testkit/meter.ts';
import { podOf, readPolicies, unknownFact } from '../../testkit/policy.ts';
import { type Gather, type JsonObject, needKey } from '../policy/index.ts';
import { makeHandler } from './handler.ts';

const unknowing: Gather = async (needs) =>
  new Map(needs.map((need) => [needKey(need), unknownFact('NET_UNREACHABLE')]));

/** Nothing is let in, whatever its image, as nothing can be found out. */
const text = 'validators: [{name: default, type: static, approve: false}]\npolicy: [{pattern: "*:*"}]';

const policies = await readPolicies(text);
const log = recordLog();
const handler = makeHandler({
  clock: fixedClock('2026-06-01T12:00:00Z'),
  log,
  meter: recordMeter(),
  audit: (record) => void JSON.stringify(record),
  rules: () => ({ policies, gather: unknowing }),
  notReady: () => undefined,
  setting: {
    mode: 'enforce',
    pinning: 'always',
    excludedNamespaces: ['kube-*'],
    breakGlass: { users: ['nobody'], groups: [], milliseconds: 1000, key: Buffer.alloc(32, 1) },
  },
});

async function ask(path: string, body: unknown) {
  const { status, body: answer } = await handler({
    method: 'POST',
    url: new URL(path, 'http://localhost'),
    headers: { 'content-type': 'application/json' },
    body: inPieces(Buffer.from(JSON.stringify(body)), 65_536),
  });
  return { status, text: String(answer) };
}

const paths = fc.constantFrom('/validate', '/mutate');
const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<never>;

test('whatever a request is, it has an answer or is refused', async () => {
  await fc.assert(
    fc.asyncProperty(paths, json, json, async (path, part, other) => {
      const whole = reviewOf(podOf(['a:1']), { userInfo: part, options: other, namespace: part });
      for (const body of [part, { ...whole, request: part }, whole]) {
        expect([200, 400]).toContain((await ask(path, body)).status);
      }
    }),
    { numRuns: 150 },
  );
});

test('whatever stands beside an image, or in its place, an object that names one is not let in', async () => {
  await fc.assert(
    fc.asyncProperty(paths, json, json, json, async (path, metadata, spec, image) => {
      const named = { name: 'a', image: 'r.example/a:1' };
      const more = typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? (spec as object) : { spec };
      const extra =
        typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? (metadata as object) : {};
      const object = {
        ...podOf([], { ...extra, name: 'pod', namespace: 'shop' }),
        spec: { ...more, initContainers: [{ name: 'b', image }], containers: [named] },
      } as unknown as JsonObject;
      const { status, text: answer } = await ask(path, reviewOf(object));
      expect(status).toBe(200);
      expect(readAnswer(answer).allowed).toBe(false);
    }),
    { numRuns: 150 },
  );
});
