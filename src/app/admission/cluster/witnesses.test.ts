import { expect, test, vi } from 'vitest';
import { pinningPolicy } from '../../../../testkit/admission.ts';
import { recordLog } from '../../../../testkit/context.ts';
import { accessTo, startApiServer } from '../../../../testkit/kube.ts';
import { recordMeter } from '../../../../testkit/meter.ts';
import { readPolicies, testDigest } from '../../../../testkit/policy.ts';
import { makeKubeClient } from '../../../kube/index.ts';
import { type Gather, needKey, type ObjectName, type RuleResult } from '../../../policy/index.ts';
import { EventWriter } from './events.ts';
import { Outbox } from './outbox.ts';
import { type RecheckOptions, recheck } from './recheck.ts';
import { ReportWriter } from './reports.ts';

const at = new Date('2026-06-01T12:00:00Z');
const clock = { now: () => at };
const pod: ObjectName = { group: '', version: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' };
const result: RuleResult = {
  policy: { dialect: 'kyverno', kind: 'ClusterPolicy', name: 'signed' },
  rule: 'by-us',
  outcome: 'fail',
  denies: false,
  message: 'no signatures',
  images: [],
};
const reports = '/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports';
const events = '/apis/events.k8s.io/v1/namespaces/shop/events';

async function connect(known: readonly string[]) {
  const server = await startApiServer(known);
  const stop = new AbortController();
  const log = recordLog();
  const meter = recordMeter();
  const options = { log, meter, signal: stop.signal, sleep: async () => undefined };
  return { server, client: makeKubeClient(accessTo(server, 'shop'), { clock, environment: {} }), options, log, stop };
}

test('a report of an object is written once, and again when it says something else', async () => {
  const { server, client, options } = await connect([reports]);
  const { report } = new ReportWriter(client, options);
  report({ at, object: pod, uid: 'u', results: [result] });
  const name = await vi.waitFor(() => {
    const [, found] = /policyreports\/(plimsoll-pod-\w+)/.exec(server.seen.at(-2)?.line ?? '') ?? [];
    expect(server.read(reports, found ?? '')).toBeDefined();
    return found ?? '';
  });
  expect(server.read(reports, name)).toMatchObject({
    kind: 'PolicyReport',
    metadata: { namespace: 'shop', ownerReferences: [{ kind: 'Pod', name: 'web', uid: 'u' }] },
    scope: { kind: 'Pod', name: 'web', namespace: 'shop' },
    results: [{ policy: 'signed', rule: 'by-us', result: 'fail', message: 'no signatures' }],
    summary: { pass: 0, fail: 1 },
  });
  report({ at, object: pod, uid: 'u', results: [{ ...result, outcome: 'pass' }] });
  await vi.waitFor(() => expect(server.read(reports, name)).toMatchObject({ summary: { pass: 1, fail: 0 } }));
  const { length } = server.seen;
  report({ at, object: { ...pod, name: 'web-' }, results: [result] });
  report({ at, object: pod, results: [] });
  // Nobody is there of this name.
  report({ at, object: { ...pod, name: 'gone' }, results: [result] });
  await vi.waitFor(() => expect(server.seen).toHaveLength(length + 1));
  expect(server.seen.at(-1)?.line).toBe('GET /api/v1/namespaces/shop/pods/gone');
});

test('of both kinds of reports the newer one is written; without any nothing is', async () => {
  const open = '/apis/openreports.io/v1alpha1/namespaces/shop/reports';
  const both = await connect([reports, open]);
  new ReportWriter(both.client, both.options).report({ at, object: pod, uid: 'u', results: [result] });
  await vi.waitFor(() => expect(both.server.seen.at(-1)?.line).toBe(`POST ${open}`));
  const none = await connect([]);
  new ReportWriter(none.client, none.options).report({ at, object: pod, uid: 'u', results: [result] });
  await vi.waitFor(() => expect(none.server.seen).toHaveLength(2));
  expect(none.server.seen.every(({ line }) => line.startsWith('GET'))).toBe(true);
});

test('the same event is told once in ten minutes', async () => {
  const { server, client, options } = await connect([events]);
  const { event } = new EventWriter(client, options, 'me');
  const told = { object: pod, type: 'Warning', reason: 'PolicyViolation', message: 'no signatures' } as const;
  const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
  event({ ...told, at });
  event({ ...told, at: after(9) });
  event({ ...told, at: after(9), message: 'other' });
  event({ ...told, at: after(11) });
  await vi.waitFor(() => expect(server.seen).toHaveLength(3));
  expect(server.seen.every(({ line }) => line === `POST ${events}`)).toBe(true);
});

test('what is to be told waits in turn, within bounds, and failures keep nobody', async () => {
  const { log, options } = await connect([]);
  const sent: string[] = [];
  const gate = Promise.withResolvers<void>();
  const send = async (item: string): Promise<void> => {
    await gate.promise;
    if (item === '500') throw new RangeError('no');
    sent.push(item);
  };
  const outbox = new Outbox({ ...options, what: 'events', send });
  for (let at = 0; at < 1500; at++) outbox.put(String(at), String(at));
  outbox.put('1499', 'again');
  gate.resolve();
  await vi.waitFor(() => expect(sent).toHaveLength(1000));
  expect(sent.slice(0, 2)).toEqual(['0', '501']);
  expect(sent.at(-1)).toBe('again');
  expect(log.lines.filter(({ level }) => level === 'warn')).toMatchObject([{ fields: { what: 'events', lost: 499 } }]);
  expect(options.meter.kept.lost).toHaveLength(500);
});

const policy = (approve: boolean): string =>
  `validators: [{name: default, type: static, approve: ${approve}}]\npolicy: [{pattern: "*:*"}]\n`;

test('everything that runs is judged as if it came today, and nothing is changed', async () => {
  const paths = { pods: '/api/v1/namespaces/shop/pods', deployments: '/apis/apps/v1/namespaces/shop/deployments' };
  const { server, client, options, log, stop } = await connect(Object.values(paths));
  const spec = { containers: [{ name: 'c', image: 'app:1' }] };
  server.put(paths.pods, { metadata: { name: 'alone', namespace: 'shop' }, spec });
  server.put('/api/v1/namespaces/kube-system/pods', { metadata: { name: 'left-out', namespace: 'kube-system' }, spec });
  const ownerReferences = [{ kind: 'ReplicaSet', controller: true }];
  server.put(paths.pods, { metadata: { name: 'made', namespace: 'shop', ownerReferences }, spec } as never);
  server.put(paths.deployments, { metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec } } });
  const digest = { kind: 'digest', digest: testDigest } as const;
  const known: Gather = async (needs) => new Map(needs.map((need) => [needKey(need), digest]));
  const [reported, told]: [string[], string[]] = [[], []];
  const judge = async (approve: boolean) => {
    const policies = await readPolicies(policy(approve));
    return recheck({
      client,
      clock,
      log,
      meter: options.meter,
      signal: stop.signal,
      excludedNamespaces: ['kube-*'],
      rules: () => ({ policies, gather: known }),
      report: ({ object }) => void reported.push(object.name),
      event: ({ object, reason }) => void told.push(`${object.name} ${reason}`),
    });
  };
  expect(await judge(true)).toEqual({ allowed: 2, denied: 0, errors: 0 });
  expect(told).toEqual([]);
  expect(await judge(false)).toEqual({ allowed: 0, denied: 2, errors: 0 });
  expect(reported).toEqual(['alone', 'web', 'alone', 'web']);
  expect(told).toEqual(['alone PolicyViolation', 'web PolicyViolation']);
  expect(server.seen.every(({ line }) => line.startsWith('GET'))).toBe(true);
  expect(options.signal.aborted).toBe(false);
});

test('what is told of what runs is one line, whatever a registry says', async () => {
  const path = '/api/v1/namespaces/shop/pods';
  const { server, client, options, log, stop } = await connect([path]);
  server.put(path, {
    metadata: { name: 'web', namespace: 'shop' },
    spec: { containers: [{ name: 'c', image: 'r.example/app:1' }] },
  });
  const policies = await readPolicies(pinningPolicy(['Pod']));
  const gather: Gather = () => Promise.reject(new RangeError('gone\u001b[2J\nfor good'));
  const event = vi.fn<RecheckOptions['event']>();
  const ports = { meter: options.meter, signal: stop.signal, report: vi.fn(), event };
  const context = { client, clock, log, excludedNamespaces: [], rules: () => ({ policies, gather }), ...ports };
  expect(await recheck(context)).toEqual({ allowed: 0, denied: 0, errors: 1 });
  expect(event).toHaveBeenCalledWith(expect.objectContaining({ message: 'gone\\x1b[2J for good' }));
});
