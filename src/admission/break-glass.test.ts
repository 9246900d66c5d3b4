import { expect, test } from 'vitest';
import { readAnswer, reviewOf } from '../../testkit/admission.ts';
import { fixedClock, inPieces, recordLog } from '../../testkit/context.ts';
import { recordMeter } from '../../testkit/meter.ts';
import { podOf, readPolicies, unknownFact, workloadOf } from '../../testkit/policy.ts';
import { type Gather, type JsonObject, needKey } from '../policy/index.ts';
import { makeHandler } from './handler.ts';
import type { AdmissionEvent } from './sinks.ts';

const unknowing: Gather = async (needs) =>
  new Map(needs.map((need) => [needKey(need), unknownFact('NET_UNREACHABLE')]));

/** Nothing of r.example is let in. */
const text = `
validators: [{name: default, type: static, approve: false}]
policy: [{pattern: "*:*"}]
`;
const admin = { username: 'ada', groups: ['admins'] };
const controller = { username: 'system:serviceaccount:kube-system:controller', groups: [] };
const reason = { 'plimsoll.dev/break-glass': 'registry is down, INC-7' };
const seconds = (count: number): string => new Date(Date.parse('2026-06-01T12:00:00Z') + count * 1000).toISOString();

async function setUp(time = 0, key: Uint8Array = Buffer.alloc(32, 1)) {
  const policies = await readPolicies(text);
  const [log, meter, events] = [recordLog(), recordMeter(), [] as AdmissionEvent[]];
  const handler = makeHandler({
    clock: fixedClock(seconds(time)),
    log,
    meter,
    events: { event: (event) => events.push(event) },
    rules: () => ({ policies, gather: unknowing }),
    notReady: () => undefined,
    setting: {
      mode: 'enforce',
      pinning: 'always',
      excludedNamespaces: [],
      breakGlass: { users: ['root'], groups: ['admins'], milliseconds: 60_000, key },
    },
  });
  const ask = async (path: string, object: JsonObject, changes: object) => {
    const { body } = await handler({
      method: 'POST',
      url: new URL(path, 'http://localhost'),
      headers: { 'content-type': 'application/json' },
      body: inPieces(Buffer.from(JSON.stringify(reviewOf(object, changes as never))), 65_536),
    });
    return readAnswer(String(body));
  };
  return { ask, log, meter, events };
}

/** What an API server makes of the object. */
function patched(object: JsonObject, patch: readonly { readonly path: string; readonly value: unknown }[]): JsonObject {
  const copy = structuredClone(object) as Record<string, unknown>;
  for (const { path, value } of patch) {
    const keys = path
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/'));
    const last = keys.pop() ?? '';
    const holder = keys.reduce((found, key) => found[key] as Record<string, unknown>, copy);
    holder[last] = value;
  }
  return copy as JsonObject;
}

const podFrom = (workload: JsonObject, images = ['r.example/a:1']): JsonObject => {
  const { template } = workload['spec'] as { template: { metadata: object } };
  return podOf(images, template.metadata);
};

test('whoever is named lets in by giving a reason, and it is told everywhere', async () => {
  const { ask, log, meter, events } = await setUp();
  const pod = podOf(['r.example/a:1'], { annotations: reason });
  const answer = await ask('/validate', pod, { userInfo: admin });
  expect(answer).toMatchObject({ allowed: true });
  expect(answer.warnings?.[0]).toBe('break-glass of ada: registry is down, INC-7');
  expect(answer.warnings?.[1]).toMatch(/^let in all the same, but would be denied: policy /);
  expect(log.lines.map(({ level, text }) => `${level} ${text}`)).toEqual([
    'info Admission',
    'warn The glass was broken',
  ]);
  expect(log.lines[1]?.fields).toMatchObject({ would: 'denied', glassBrokenBy: 'ada', user: 'ada' });
  expect(meter.reviews[0]).toMatchObject({
    outcome: 'allowed',
    exemption: 'break-glass',
    denials: [{ rule: expect.any(String) }],
  });
  expect(events.map((event) => event.reason)).toEqual(['BreakGlass', 'PolicyViolation']);
  expect((await ask('/validate', pod, { userInfo: { username: 'root', groups: [] } })).allowed).toBe(true);
});

test.each([
  ['nobody who is named', { annotations: reason }, { username: 'eve', groups: ['users'] }],
  ['no reason', {}, admin],
  ['an empty reason', { annotations: { 'plimsoll.dev/break-glass': ' ' } }, admin],
  ['a reason that is no text', { annotations: { 'plimsoll.dev/break-glass': { a: 1 } } }, admin],
  ['annotations that are none', { annotations: ['plimsoll.dev/break-glass'] }, admin],
  ['a label', { labels: reason }, admin],
  ['annotations of other tools', { annotations: { 'kyverno.io/verify-images': '{"r.example/a:1":"pass"}' } }, admin],
  [
    'a forged grant',
    { annotations: { ...reason, 'plimsoll.dev/break-glass-grant': `9999999999.YWRh.${'A'.repeat(43)}` } },
    controller,
  ],
])('%s lets nothing in', async (_, metadata, userInfo) => {
  const { ask } = await setUp();
  expect((await ask('/validate', podOf(['r.example/a:1'], metadata), { userInfo })).allowed).toBe(false);
});

test('what another has written before is no wish of who changes something now', async () => {
  const { ask } = await setUp();
  const old = podOf(['r.example/a:1'], { annotations: reason });
  const update = { operation: 'UPDATE', oldObject: old, userInfo: admin };
  expect((await ask('/validate', podOf(['r.example/b:1'], { annotations: reason }), update)).allowed).toBe(false);
  const other = { 'plimsoll.dev/break-glass': 'another reason' };
  expect((await ask('/validate', podOf(['r.example/b:1'], { annotations: other }), update)).allowed).toBe(true);
});

test.each([
  ['Deployment', 'apps/v1'],
  ['Job', 'batch/v1'],
])(
  'controllers make pods of a %s that was let in so, of these images, here, and for a while',
  async (kind, version) => {
    const { ask } = await setUp();
    const workload = workloadOf(kind, version, ['r.example/a:1']);
    const named = { ...workload, metadata: { ...(workload['metadata'] as object), annotations: reason } } as JsonObject;
    const { patch, allowed } = await ask('/mutate', named, { userInfo: admin });
    expect(allowed).toBe(true);
    const whole = patched(named, patch);
    const pod = podFrom(whole);
    expect((await ask('/validate', whole, { userInfo: admin })).allowed).toBe(true);
    expect((await ask('/validate', pod, { userInfo: controller })).allowed).toBe(true);
    expect((await ask('/validate', podFrom(whole, ['r.example/evil:1']), { userInfo: controller })).allowed).toBe(
      false,
    );
    expect(
      (await ask('/validate', podFrom(whole, ['r.example/a:1', 'r.example/b:1']), { userInfo: controller })).allowed,
    ).toBe(false);
    const moved = { ...pod, metadata: { ...(pod['metadata'] as object), namespace: 'bank' } } as JsonObject;
    expect((await ask('/validate', moved, { userInfo: controller })).allowed).toBe(false);
    const [later, stranger] = [await setUp(61), await setUp(0, Buffer.alloc(32, 2))];
    expect((await later.ask('/validate', pod, { userInfo: controller })).allowed).toBe(false);
    expect((await stranger.ask('/validate', pod, { userInfo: controller })).allowed).toBe(false);
  },
);

test('every level of a CronJob has the grant; a dry run and what is not asked by a person have none', async () => {
  const { ask, events } = await setUp();
  const cron = workloadOf('CronJob', 'batch/v1', ['r.example/a:1']);
  const named = { ...cron, metadata: { ...(cron['metadata'] as object), annotations: reason } } as JsonObject;
  const { patch } = await ask('/mutate', named, { userInfo: admin });
  expect(patch.map(({ path }) => path)).toEqual([
    '/metadata/annotations/plimsoll.dev~1break-glass',
    '/metadata/annotations/plimsoll.dev~1break-glass-grant',
    '/spec/jobTemplate/metadata',
    '/spec/jobTemplate/spec/template/metadata/annotations',
  ]);
  const seen = events.length;
  const dry = await ask('/mutate', named, { userInfo: admin, dryRun: true });
  expect(dry).toMatchObject({ allowed: true, patch: [] });
  expect(events).toHaveLength(seen);
});
