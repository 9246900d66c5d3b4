import { expect, test } from 'vitest';
import { readAnswer, reviewOf } from '../../testkit/admission.ts';
import { fixedClock, inPieces, recordLog } from '../../testkit/context.ts';
import { podOf, readPolicies, testDigest } from '../../testkit/policy.ts';
import type { ServedRequest } from '../net/index.ts';
import { type Fact, type Gather, type JsonObject, needKey } from '../policy/index.ts';
import { type AdmissionOptions, makeHandler } from './handler.ts';
import { Tally } from './tally.ts';

/** Everything of r.example must be pinned. */
const text = `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: pin}
spec:
  validationFailureAction: Enforce
  rules:
  - name: digests
    match: {any: [{resources: {kinds: [Pod]}}]}
    verifyImages: [{imageReferences: ["r.example/*"], required: false}]
`;
const pinned = `r.example/app:1@${testDigest}`;

async function setUp(gather: Gather = known, more: Partial<AdmissionOptions> = {}) {
  const rules = { policies: await readPolicies(text), gather };
  const [log, tally] = [recordLog(), new Tally()];
  const handler = makeHandler({
    clock: fixedClock('2026-06-01T12:00:00Z'),
    log,
    tally,
    rules: () => rules,
    notReady: () => undefined,
    demandsClient: false,
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
  return { ask, review, log, tally };
}

const facts = new Map<string, Fact>([['digest', { kind: 'digest', digest: testDigest }]]);
const known: Gather = async (needs) =>
  new Map(needs.map((need) => [needKey(need), facts.get(need.kind) ?? unknown('not known')]));
const unknown = (message: string): Fact => ({ kind: 'unknown', reason: { code: 'X', message, hint: '', data: {} } });

test('an image is pinned on its way in, and denied where nobody has pinned it', async () => {
  const { review, log, tally } = await setUp();
  expect(await review('/mutate?timeout=10s', podOf(['r.example/app:1', 'other/app']))).toEqual({
    uid: '705ab4f5-6393-11e8-b7cc-42010a800002',
    allowed: true,
    patch: [{ op: 'replace', path: '/spec/containers/0/image', value: pinned }],
  });
  expect(await review('/validate', podOf([pinned]))).toMatchObject({ allowed: true, patch: [] });
  const denied = await review('/validate', podOf(['r.example/app:1']));
  expect(denied).toMatchObject({ allowed: false, status: { code: 403, reason: 'Forbidden' } });
  expect(denied.status?.message).toContain(`/spec/containers/0/image must be pinned as ${pinned}`);
  expect([...tally.reviews]).toEqual([
    ['mutate allowed', 1],
    ['validate allowed', 1],
    ['validate denied', 1],
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
  const { ask, tally, log } = await setUp();
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
  expect([...tally.refusals.keys()]).toEqual(['malformed', 'too-large', 'not-a-review', 'slow']);
  expect(log.lines.map(({ level, text }) => [level, text])).toEqual(Array(4).fill(['warn', 'A review was refused']));
});

test('reviews beyond what can be done at once are refused; clients must be known where that is demanded', async () => {
  const { ask, review, tally } = await setUp(() => new Promise(() => undefined), { maxReviews: 1 });
  const first = review('/validate?timeout=200ms', podOf(['r.example/app:1']));
  expect(await ask('/validate', {})).toMatchObject({ status: 503 });
  expect((await first).allowed).toBe(false);
  expect(tally.refusals.get('busy')).toBe(1);
  const strict = await setUp(known, { demandsClient: true });
  expect(await strict.ask('/validate', reviewOf(podOf([pinned])))).toMatchObject({ status: 403 });
  expect(await strict.ask('/validate', reviewOf(podOf([pinned])), { client: 'api' })).toMatchObject({ status: 200 });
});

test('probes', async () => {
  let reason: string | undefined;
  const { ask } = await setUp(known, { notReady: () => reason, demandsClient: true });
  const get = async (path: string) => (await ask(path, {}, { method: 'GET' })).status;
  expect([await get('/healthz'), await get('/readyz'), await get('/other')]).toEqual([200, 200, 404]);
  reason = 'the certificate was valid until yesterday';
  expect(await ask('/readyz', {}, { method: 'GET' })).toEqual({ status: 503, text: `${reason}\n` });
  expect((await ask('/healthz', {})).status).toBe(405);
});

test('roles are not told, so that a rule for some holds for everybody and one that leaves some out for all', async () => {
  const filter = (word: string): string => `${word}: {any: [{clusterRoles: [admin], resources: {kinds: [Pod]}}]}`;
  const only = await readPolicies(text.replace(/match: .*/, filter('match')));
  const but = await readPolicies(text.replace(/( *)match: .*/, `$&\n$1${filter('exclude')}`));
  const roles = '{key: "{{ request.clusterRoles }}", operator: AnyIn, value: [admin]}';
  const where = await readPolicies(text.replace(/( *)match: .*/, `$&\n$1preconditions: {all: [${roles}]}`));
  for (const policies of [only, but, where]) {
    const { review } = await setUp(known, { rules: () => ({ policies, gather: known }) });
    expect((await review('/validate', podOf(['r.example/app:1']))).allowed).toBe(false);
    expect((await review('/mutate', podOf(['r.example/app:1']))).patch).toHaveLength(1);
  }
});
