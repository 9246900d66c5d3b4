import { expect, test } from 'vitest';
import { pinningPolicy, readAnswer, reviewOf } from '../../testkit/admission.ts';
import { fixedClock, inPieces, recordLog } from '../../testkit/context.ts';
import { recordMeter } from '../../testkit/meter.ts';
import { podOf, readPolicies, testDigest, workloadOf } from '../../testkit/policy.ts';
import type { ServedClient, ServedRequest } from '../net/index.ts';
import { type Fact, type Gather, type JsonObject, type Need, needKey } from '../policy/index.ts';
import type { AuditRecord } from './audit.ts';
import { type AdmissionOptions, makeHandler } from './handler.ts';
import type { AdmissionSetting } from './setting.ts';
import type { AdmissionEvent, JudgedObject } from './sinks.ts';

const pinned = `r.example/app:1@${testDigest}`;

async function setUp(gather: Gather = known, more: Partial<AdmissionOptions> = {}) {
  const rules = { policies: await readPolicies(pinningPolicy(['Pod'])), gather };
  const [log, meter] = [recordLog(), recordMeter()];
  const handler = makeHandler({
    clock: fixedClock('2026-06-01T12:00:00Z'),
    log,
    meter,
    rules: () => rules,
    notReady: () => undefined,
    ...more,
  });
  const ask = async (path: string, body: unknown, given: Partial<ServedRequest> = {}) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const response = await handler({
      method: 'POST',
      url: new URL(path, 'http://localhost'),
      headers: { 'content-type': 'application/json' },
      body: inPieces(bytes, 65_536),
      ...given,
    });
    return { status: response.status, text: String(response.body) };
  };
  const review = async (path: string, object: JsonObject, changes = {}) =>
    readAnswer((await ask(path, reviewOf(object, changes))).text);
  return { ask, review, log, meter };
}

const facts = new Map<string, Fact>([['digest', { kind: 'digest', digest: testDigest }]]);
const known: Gather = async (needs) =>
  new Map(needs.map((need) => [needKey(need), facts.get(need.kind) ?? unknown('not known')]));
const unknown = (message: string): Fact => ({ kind: 'unknown', reason: { code: 'X', message, hint: '', data: {} } });

test('an image is pinned on its way in, and denied where nobody has pinned it', async () => {
  const { review, log, meter } = await setUp();
  expect(await review('/mutate?timeout=10s', podOf(['r.example/app:1', 'other/app']))).toEqual({
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    allowed: true,
    patch: [{ op: 'replace', path: '/spec/containers/0/image', value: pinned }],
  });
  expect(await review('/validate', podOf([pinned]))).toMatchObject({ allowed: true, patch: [] });
  const denied = await review('/validate', podOf(['r.example/app:1']));
  expect(denied).toMatchObject({ allowed: false, status: { code: 403, reason: 'Forbidden' } });
  expect(denied.status?.message).toContain(`/spec/containers/0/image must be pinned as ${pinned}`);
  expect(meter.reviews.map(({ purpose, outcome, kind }) => `${purpose} ${outcome} ${kind}`)).toEqual([
    'mutate allowed Pod',
    'validate allowed Pod',
    'validate denied Pod',
  ]);
  expect(log.lines[0]).toMatchObject({
    text: 'Admission',
    fields: { purpose: 'mutate', outcome: 'allowed', kind: 'Pod', name: 'pod', user: 'jane', pinned },
  });
});

test('a denial names policy, rule, reason and next step; control characters do nothing', async () => {
  const { review } = await setUp(
    async (needs) => new Map(needs.map((need) => [needKey(need), unknown('no \u001b[2Jroute')])),
  );
  const { status, allowed } = await review('/validate', podOf(['r.example/app:1']));
  expect(allowed).toBe(false);
  expect(status?.message).toBe(
    'policy pin, rule digests: failed to verify image r.example/app:1: no \\x1b[2Jroute; ' +
      'see why: plimsoll policy explain r.example/app:1 --policy FILE',
  );
});

test('what runs is not pinned by an update; what is on its way out may lose its finalizers', async () => {
  const { review } = await setUp();
  const old = podOf(['r.example/app:1']);
  const changes = { operation: 'UPDATE', oldObject: old };
  expect(await review('/mutate', podOf(['r.example/app:1'], { labels: { a: 'b' } }), changes)).toMatchObject({
    allowed: true,
    patch: [],
  });
  expect((await review('/mutate', podOf(['r.example/app:2']), changes)).patch).toHaveLength(1);
  const broken = await setUp(async () => Promise.reject(new RangeError('fault')));
  const going = podOf(['r.example/app:1'], { deletionTimestamp: '2026-06-01T12:00:00Z' });
  const leaving = { operation: 'UPDATE', oldObject: going };
  expect(await broken.review('/validate', going, leaving)).toMatchObject({ allowed: true });
  expect(await broken.review('/validate', podOf(['r.example/app:2']), leaving)).toMatchObject({ allowed: false });
});

test('faults and slowness deny', async () => {
  const broken = await setUp(async () => Promise.reject(new RangeError('secret')));
  const failed = await broken.review('/validate', podOf(['r.example/app:1']));
  expect(failed).toMatchObject({ allowed: false, status: { code: 500, reason: 'InternalError' } });
  expect(failed.status?.message).toMatch(/^ADMISSION_FAILED: /);
  expect(failed.status?.message).not.toContain('secret');
  const slow = await setUp(() => new Promise(() => undefined));
  expect(await slow.review('/validate?timeout=20ms', podOf(['r.example/app:1']))).toMatchObject({
    allowed: false,
    status: { code: 504, message: expect.stringContaining('ADMISSION_TIMEOUT: There is no decision after') },
  });
  const empty = await setUp(async () => new Map());
  expect((await empty.review('/validate', podOf(['r.example/app:1']))).status?.message).toContain('POLICY_UNSETTLED');
  expect(await broken.review('/validate', podOf(['a']), { operation: 'PATCH' })).toMatchObject({ allowed: false });
});

test('what is no review is refused, counted and logged', async () => {
  const { ask, meter, log } = await setUp();
  expect(await ask('/validate', Buffer.from('{'))).toMatchObject({
    status: 400,
    text: expect.stringContaining('ADMISSION_REVIEW_INVALID'),
  });
  const large = await ask('/validate', Buffer.alloc(10 * 2 ** 20 + 1, ' '));
  expect(large).toMatchObject({ status: 413, text: expect.stringContaining('ADMISSION_REVIEW_TOO_LARGE') });
  expect(await ask('/mutate', {}, { method: 'GET' })).toMatchObject({ status: 415 });
  const stuck = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
  const late = await ask('/validate?timeout=10ms', {}, { body: stuck });
  expect(late).toMatchObject({ status: 408, text: expect.stringContaining('ADMISSION_REVIEW_SLOW') });
  expect(meter.kept.refusals).toEqual(['malformed', 'too-large', 'not-a-review', 'slow']);
  expect(log.lines.map(({ level, text }) => [level, text])).toEqual(Array(4).fill(['warn', 'A review was refused']));
});

test('reviews beyond what can be done at once are refused; clients must be known where that is demanded', async () => {
  const { ask, review, meter } = await setUp(() => new Promise(() => undefined), { bounds: { reviews: 1 } });
  const first = review('/validate?timeout=200ms', podOf(['r.example/app:1']));
  expect(await ask('/validate', {})).toMatchObject({ status: 503 });
  expect((await first).allowed).toBe(false);
  expect(meter.kept.refusals).toEqual(['busy']);
});

test('clients must be known where that is demanded, and have one of the names', async () => {
  const asks = async (names: readonly string[], client?: ServedClient) => {
    const { ask, meter } = await setUp(known, { clients: { names } });
    const { status } = await ask('/validate', reviewOf(podOf([pinned])), client === undefined ? {} : { client });
    return [status, ...meter.kept.refusals];
  };
  const server = { commonName: 'api', isNamed: (name: string) => name === 'api' };
  expect(await asks([])).toEqual([403, 'client']);
  expect(await asks([], server)).toEqual([200]);
  expect(await asks(['proxy', 'api'], server)).toEqual([200]);
  expect(await asks(['proxy'], server)).toEqual([403, 'client-name']);
});

test('all bodies together have a bound, and what was read gives its room back', async () => {
  const { ask, review, meter } = await setUp(() => new Promise(() => undefined), { bounds: { room: 2000 } });
  const first = review('/validate?timeout=200ms', podOf(['r.example/app:1'], { annotations: { a: 'x'.repeat(1000) } }));
  const second = await ask('/validate', reviewOf(podOf(['r.example/app:1'], { annotations: { a: 'x'.repeat(1000) } })));
  expect(second).toMatchObject({ status: 503, text: expect.stringContaining('ADMISSION_NO_ROOM') });
  expect((await first).allowed).toBe(false);
  expect((await ask('/validate?timeout=10ms', reviewOf(podOf(['a'])))).status).toBe(200);
  expect(meter.kept.refusals).toEqual(['no-room']);
});

test('probes', async () => {
  let reason: string | undefined;
  const { ask } = await setUp(known, { notReady: () => reason, clients: { names: [] } });
  const get = async (path: string) => (await ask(path, {}, { method: 'GET' })).status;
  expect([await get('/healthz'), await get('/readyz'), await get('/other')]).toEqual([200, 200, 404]);
  reason = 'the certificate was valid until yesterday';
  expect(await ask('/readyz', {}, { method: 'GET' })).toEqual({ status: 503, text: `${reason}\n` });
  expect((await ask('/healthz', {})).status).toBe(405);
});

test('roles are not told, so that a rule for some holds for everybody and one that leaves some out for all', async () => {
  const filter = { any: [{ clusterRoles: ['admin'], resources: { kinds: ['Pod'] } }] };
  const roles = { key: '{{ request.clusterRoles }}', operator: 'AnyIn', value: ['admin'] };
  for (const rule of [{ match: filter }, { exclude: filter }, { preconditions: { all: [roles] } }]) {
    const policies = await readPolicies(pinningPolicy(['Pod'], rule));
    const { review } = await setUp(known, { rules: () => ({ policies, gather: known }) });
    expect((await review('/validate', podOf(['r.example/app:1']))).allowed).toBe(false);
    expect((await review('/mutate', podOf(['r.example/app:1']))).patch).toHaveLength(1);
  }
});

const settingOf = (changes: Partial<AdmissionSetting>): AdmissionSetting => ({
  mode: 'enforce',
  pinning: 'always',
  excludedNamespaces: [],
  ...changes,
});

test('audit lets everything in as it is, and tells what would be denied', async () => {
  const denied = async (needs: readonly Need[]) => new Map(needs.map((need) => [needKey(need), unknown('no route')]));
  const setting = settingOf({ mode: 'audit' });
  const { review, meter, log } = await setUp(denied, { setting });
  const answer = await review('/validate', podOf(['r.example/app:1']));
  expect(answer).toMatchObject({ allowed: true, patch: [] });
  expect(answer.warnings?.[0]).toMatch(/^let in all the same, but would be denied: policy pin, rule digests/);
  expect(meter.reviews[0]).toMatchObject({ exemption: 'audit', denials: [{ policy: 'pin', rule: 'digests' }] });
  expect(log.lines[0]?.fields).toMatchObject({ outcome: 'allowed', would: 'denied', exemption: 'audit' });
  const broken = await setUp(async () => Promise.reject(new RangeError('fault')), { setting });
  expect((await broken.review('/validate', podOf(['r.example/app:1']))).allowed).toBe(true);
  expect((await broken.review('/validate', podOf(['a']), { operation: 'PATCH' })).allowed).toBe(true);
  const good = await setUp(known, { setting });
  expect(await good.review('/mutate', podOf(['r.example/app:1']))).toMatchObject({ allowed: true, patch: [] });
  const tagged = await good.review('/validate', podOf(['r.example/app:1']));
  expect([tagged.allowed, tagged.warnings]).toEqual([true, undefined]);
});

test.each([
  ['always', 1, false, 1, false],
  ['pods', 1, false, 0, true],
  ['never', 0, false, 0, false],
] as const)('digests are written %s', async (pinning, podPatches, podAllowed, otherPatches, otherAllowed) => {
  const policies = await readPolicies(pinningPolicy(['Pod', 'Deployment']));
  const rules = () => ({ policies, gather: known });
  const { review } = await setUp(known, { setting: settingOf({ pinning }), rules });
  const [pod, deployment] = [podOf(['r.example/app:1']), workloadOf('Deployment', 'apps/v1', ['r.example/app:1'])];
  expect((await review('/mutate', pod)).patch).toHaveLength(podPatches);
  expect((await review('/validate', pod)).allowed).toBe(podAllowed);
  expect((await review('/mutate', deployment)).patch).toHaveLength(otherPatches);
  expect((await review('/validate', deployment)).allowed).toBe(otherAllowed);
});

test('namespaces are left out by name, whatever labels say', async () => {
  const { review, meter } = await setUp(async () => Promise.reject(new RangeError('fault')), {
    setting: settingOf({ excludedNamespaces: ['kube-*', 'own'] }),
  });
  const inside = async (namespace: string, labels = {}) =>
    (await review('/validate', podOf(['r.example/app:1'], { namespace, labels }))).allowed;
  expect([await inside('kube-system'), await inside('own'), await inside('owner')]).toEqual([true, true, false]);
  expect(await inside('shop', { 'plimsoll.dev/webhook': 'ignore' })).toBe(false);
  expect(meter.reviews.map(({ exemption }) => exemption)).toEqual(['namespace', 'namespace', undefined, undefined]);
});

test('reports are of what was let in for good; of a dry run nothing is told', async () => {
  const [reports, events]: [JudgedObject[], AdmissionEvent[]] = [[], []];
  const sinks = {
    reports: { report: (judged: JudgedObject) => void reports.push(judged) },
    events: { event: (event: AdmissionEvent) => void events.push(event) },
  };
  const { review } = await setUp(known, sinks);
  await review('/validate', podOf([pinned], { uid: 'u1' }));
  expect(reports).toMatchObject([
    { object: { name: 'pod' }, uid: 'u1', results: [{ rule: 'digests', outcome: 'pass' }] },
  ]);
  await review('/mutate', podOf([pinned]));
  await review('/validate', podOf([pinned]), { dryRun: true });
  await review('/validate', podOf([pinned]), { operation: 'UPDATE', oldObject: podOf([pinned]), subResource: 'x' });
  await review('/validate', podOf(['r.example/app:1']), { dryRun: true });
  expect([reports.length, events.length]).toEqual([1, 0]);
  await review('/validate', podOf(['r.example/app:1']));
  expect(events).toMatchObject([{ type: 'Warning', reason: 'PolicyViolation', object: { name: 'pod' } }]);
});

test('the audit log has what was decided, about which images, why and how fast', async () => {
  const records: AuditRecord[] = [];
  const { review, log } = await setUp(known, { audit: (made) => records.push(made) });
  await review('/mutate', podOf(['r.example/app:1']));
  await review('/validate', podOf(['r.example/app:1'], { name: 'a\u001b[2J' }), { name: 'a\u001b[2J', dryRun: true });
  expect(log.lines).toEqual([]);
  expect(records[0]).toEqual({
    time: '2026-06-01T12:00:00.000Z',
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    purpose: 'mutate',
    verdict: 'allowed',
    operation: 'CREATE',
    kind: 'Pod',
    namespace: 'shop',
    name: 'pod',
    user: 'jane',
    reasons: [{ policy: 'pin', rule: 'digests', outcome: 'pass', denies: false, message: expect.any(String) }],
    images: [{ image: 'r.example/app:1', digest: testDigest, outcome: 'pass' }],
    pinned: [pinned],
    cache: {},
    milliseconds: expect.any(Number),
  });
  expect(records[1]).toMatchObject({ verdict: 'denied', dryRun: true, name: 'a\\x1b[2J' });
  expect(records[1]?.message).toContain('must be pinned');
});

test('records of the audit log have bounds, and no secrets', async () => {
  const records: AuditRecord[] = [];
  const leaky: Gather = async (needs) =>
    new Map(needs.map((need) => [needKey(need), unknown('https://me:hunter2@r.example/ said no')]));
  const { review } = await setUp(leaky, { audit: (made) => records.push(made) });
  await review('/validate', podOf(Array.from({ length: 150 }, (_, at) => `r.example/app:${at}`)));
  const line = JSON.stringify(records[0]);
  expect(line).not.toContain('hunter2');
  expect(records[0]?.images).toHaveLength(100);
  expect(records[0]?.isShortened).toBe(true);
  expect(line.length).toBeLessThan(65_536);
});
