import { expect, test } from 'vitest';
import { recordLog } from '../../../../testkit/context.ts';
import { recordMeter } from '../../../../testkit/meter.ts';
import { makeKey } from '../../../../testkit/sigstore/keys.ts';
import type { KubeObject } from '../../../kube/index.ts';
import { settle } from '../../../policy/index.ts';
import { AcceptedPolicies, type ClusterPolicies } from './accepted.ts';

const { pem } = makeKey();

const policy = (name: string, keys: object = { publicKeys: pem }, namespace?: string): KubeObject => ({
  apiVersion: 'kyverno.io/v1',
  kind: namespace === undefined ? 'ClusterPolicy' : 'Policy',
  metadata: { name, ...(namespace !== undefined && { namespace }), resourceVersion: '7' },
  spec: {
    rules: [
      {
        name: 'signed',
        match: { any: [{ resources: { kinds: ['Pod'] } }] },
        verifyImages: [{ imageReferences: ['*'], attestors: [{ entries: [{ keys }] }] }],
      },
    ],
  },
  status: { ready: true },
});
const broken = (name: string, namespace?: string) => policy(name, { publicKeys: '...' }, namespace);
const exception = (spec: object): KubeObject => ({
  apiVersion: 'kyverno.io/v2',
  kind: 'PolicyException',
  metadata: { name: 'e', namespace: 'shop' },
  spec,
});

test('one policy that cannot be used keeps what it was, and spoils no other', async () => {
  const log = recordLog();
  const meter = recordMeter();
  const accepted = new AcceptedPolicies(log, meter);
  const first = await accepted.take([policy('a'), policy('b')], []);
  expect(first).toMatchObject({ blocking: [], troubles: [] });
  expect(first.texts).toHaveLength(2);
  const second = await accepted.take([broken('a'), policy('b'), broken('new')], []);
  expect(second.texts).toEqual(first.texts);
  expect(second.blocking.map(({ name }) => name.name)).toEqual(['new']);
  expect(second.troubles).toEqual([
    expect.stringMatching(/^ClusterPolicy a: .*"\.\.\."/),
    expect.stringMatching(/^ClusterPolicy new: /),
  ]);
  await accepted.take([broken('a'), policy('b'), broken('new')], []);
  expect(log.lines.map(({ fields }) => fields['policy'])).toEqual(['ClusterPolicy a', 'ClusterPolicy new']);
  expect(meter.kept.reloads).toEqual(['cluster-policies false', 'cluster-policies false']);
  expect(log.lines.map(({ text }) => text)).toEqual([
    expect.stringContaining('what it was before stays'),
    expect.stringContaining('it denies what it could be about'),
  ]);
  expect((await accepted.take([policy('b')], [])).texts.map(({ path }) => path)).toEqual(['ClusterPolicy b']);
});

async function isAllowed(blocking: ClusterPolicies['blocking'], namespace: string): Promise<boolean> {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace }, spec: {} };
  const at = new Date('2026-06-01T12:00:00Z');
  return (await settle({ operation: 'CREATE', object, at }, blocking, async () => new Map())).allowed;
}

test('a policy that comes and cannot be used denies what it could be about, as after a restart, while the server stays ready', async () => {
  const take = async (accepted: AcceptedPolicies, namespace?: string) => {
    const taken = await accepted.take([policy('c'), broken('new', namespace)], []);
    return { ...taken, allowed: [await isAllowed(taken.blocking, 'shop'), await isAllowed(taken.blocking, 'other')] };
  };
  for (const [namespace, allowed] of [
    [undefined, [false, false]],
    ['shop', [false, true]],
  ] as const) {
    const running = new AcceptedPolicies(recordLog(), recordMeter());
    await running.take([policy('c')], []);
    expect(await take(running, namespace)).toMatchObject({ allowed, neverUsable: [] });
    expect(await take(running, namespace)).toMatchObject({ allowed, neverUsable: [] });
    const restarted = await take(new AcceptedPolicies(recordLog(), recordMeter()), namespace);
    expect(restarted).toMatchObject({ allowed, neverUsable: namespace === undefined ? ['new'] : [] });
    expect(await running.take([policy('c'), policy('new', undefined, namespace)], [])).toMatchObject({ blocking: [] });
  }
});

test('at the start a policy that cannot be used denies what it could be about, until it is mended', async () => {
  const accepted = new AcceptedPolicies(recordLog(), recordMeter());
  const { blocking, texts } = await accepted.take([broken('a'), broken('b', 'shop'), policy('c')], []);
  expect(texts).toHaveLength(1);
  expect(await isAllowed(blocking, 'other')).toBe(false);
  const ofNamespace = blocking.filter(({ name }) => name.namespace === 'shop');
  expect(ofNamespace).toHaveLength(1);
  expect(await isAllowed(ofNamespace, 'shop')).toBe(false);
  expect(await isAllowed(ofNamespace, 'other')).toBe(true);
  const still = await accepted.take([broken('a'), policy('b', undefined, 'shop'), policy('c')], []);
  expect(still.blocking.map(({ name }) => name.name)).toEqual(['a']);
  expect(still.neverUsable).toEqual(['a']);
  expect(await accepted.take([policy('a'), policy('c')], [])).toMatchObject({ blocking: [], troubles: [] });
});

test('an exception that cannot be used is none', async () => {
  const accepted = new AcceptedPolicies(recordLog(), recordMeter());
  const good = exception({
    exceptions: [{ policyName: 'a', ruleNames: ['signed'] }],
    match: { any: [{ resources: { kinds: ['Pod'], namespaces: ['shop'] } }] },
  });
  expect((await accepted.take([policy('a')], [exception({})])).texts.map(({ path }) => path)).toEqual([
    'ClusterPolicy a',
  ]);
  expect((await accepted.take([policy('a')], [good])).texts).toHaveLength(2);
});
