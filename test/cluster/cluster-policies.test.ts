import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { runPeer } from '../../testkit/peer.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { pathOf, skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { defineKinds } from './definitions.ts';
import { putKeyed, putKeyless, putUnsigned } from './signing.ts';
import { clusterPolicy, imageIn, makeWorkplace } from './workplace.ts';

const mergePatch = 'application/merge-patch+json';
const aMoment = { timeout: 30_000, interval: 200 };
const policies = '/apis/kyverno.io/v1/clusterpolicies';
const policy = parse(clusterPolicy) as { metadata: object; spec: { rules: [Record<string, unknown>] } };
const [rule] = policy.spec.rules;

/** The policy with another signer, and more that its rule says. */
const signedBy = (entry: object, more: object = {}): object => ({
  ...policy,
  spec: {
    ...policy.spec,
    rules: [
      { ...rule, verifyImages: [{ imageReferences: ['ghcr.io/org/*'], attestors: [{ entries: [entry] }] }], ...more },
    ],
  },
});
const unlogged = { rekor: { url: 'https://rekor.sigstore.dev', ignoreTlog: true }, ctlog: { ignoreSCT: true } };

describe.skipIf(skipReason !== undefined)(titled('policies of a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());
  afterEach(async () => {
    await plane.call('DELETE', `${policies}/verify-images`);
  });

  const putPolicy = async (object: object): Promise<void> => {
    const made = await plane.call('POST', policies, object);
    if (made.status === 201) return;
    const patched = await plane.call('PATCH', `${policies}/verify-images`, object, mergePatch);
    expect(patched).toMatchObject({ status: 200 });
  };

  test('kinds that come later are found, and policies hold as soon as they are there, and no longer', async () => {
    const place = await makeWorkplace(plane, { from: 'cluster' });
    const { registry, serve, createPod } = place;
    const served = await serve();
    await defineKinds(plane);
    await putPolicy(policy);
    await place.ask(served);
    const { manifest } = await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    expect(imageIn(await createPod('app', 'ghcr.io/org/app:1'))).toBe(`ghcr.io/org/app:1@${manifest.digest}`);
    await plane.call('DELETE', `${policies}/verify-images`);
    await vi.waitFor(
      async () => expect(await createPod('gone', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 201 }),
      aMoment,
    );
  });

  test('a policy that is broken stays what it was, and who starts then denies and is not ready', async () => {
    await putPolicy(policy);
    const { registry, guard, createPod, serve, probe } = await makeWorkplace(plane, { from: 'cluster' });
    const served = await guard();
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    await putPolicy(signedBy({ keys: { publicKeys: '...' } }));
    await vi.waitFor(() => expect(served.log()).toContain('ClusterPolicy verify-images'), aMoment);
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    expect(await createPod('app', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    expect(await probe(served)).toMatchObject({ status: 200 });
    const second = await serve();
    expect(await probe(second)).toMatchObject({ status: 503, text: expect.stringContaining('verify-images') });
    await putPolicy(policy);
    await vi.waitFor(async () => expect(await probe(second)).toMatchObject({ status: 200 }), aMoment);
  });

  test('keys in Secrets and lists in ConfigMaps are looked up, and what is not there denies', async () => {
    const key = makeKey();
    const { registry, guard, createPod, namespace } = await makeWorkplace(plane, { from: 'cluster' });
    const settings = { name: 'settings', configMap: { name: 'settings', namespace } };
    const condition = { key: '{{ settings.data.open }}', operator: 'NotEquals', value: 'yes' };
    const entry = { keys: { publicKeys: `k8s://${namespace}/cosign`, ...unlogged } };
    await putPolicy(signedBy(entry, { context: [settings], preconditions: { all: [condition] } }));
    await guard();
    await putKeyed(registry, 'app', { key, log: 'none' });
    await putUnsigned(registry, 'unsigned');
    const core = `/api/v1/namespaces/${namespace}`;
    const metadata = { name: 'cosign' };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { 'cosign.pub': key.pem } };
    expect(await createPod('early', 'ghcr.io/org/app:1')).toMatchObject({ status: 403 });
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { open: 'no' } };
    await plane.call('POST', `${core}/configmaps`, map);
    await plane.call('POST', `${core}/secrets`, secret);
    await vi.waitFor(
      async () => expect(await createPod('app', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 }),
      aMoment,
    );
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    const open = { data: { open: 'yes' } };
    await plane.call('PATCH', `${core}/configmaps/settings`, open, mergePatch);
    await vi.waitFor(
      async () => expect(await createPod('open', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 201 }),
      aMoment,
    );
  });

  test('who has a role is left out, and nobody else', async () => {
    const { registry, guard, namespace, write, home } = await makeWorkplace(plane, { from: 'cluster' });
    const exclude = { any: [{ clusterRoles: ['break-glass'] }] };
    await putPolicy({ ...policy, spec: { ...policy.spec, rules: [{ ...rule, exclude }] } });
    await guard();
    await putUnsigned(registry, 'unsigned');
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['create'] }];
    for (const [role, user] of [
      ['break-glass', 'jane'],
      ['plain', 'joe'],
    ]) {
      await plane.call('POST', `${rbac}/clusterroles`, { metadata: { name: role }, rules });
      const subjects = [{ kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io' }];
      const roleRef = { kind: 'ClusterRole', name: role, apiGroup: 'rbac.authorization.k8s.io' };
      const bound = { metadata: { name: role }, subjects, roleRef };
      expect(await plane.call('POST', `${rbac}/clusterrolebindings`, bound)).toMatchObject({ status: 201 });
    }
    const pod = (name: string): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [{ name: 'app', image: 'ghcr.io/org/unsigned:1' }] },
    });
    const createAs = (user: string) =>
      runPeer(
        pathOf('kubectl'),
        ['create', '--validate=false', `--as=${user}`, '-f', write('pod.json', JSON.stringify(pod(user)))],
        {
          environment: { KUBECONFIG: plane.kubeconfig, HOME: home },
        },
      );
    await vi.waitFor(async () => expect(await createAs('jane')).toMatchObject({ code: 0 }), aMoment);
    const denied = await createAs('joe');
    expect(denied.code).not.toBe(0);
    expect(denied.stderr).toContain('denied the request: policy verify-images');
  });

  test('labels of namespaces are looked up, exceptions free, and they hold no longer than they are there', async () => {
    const resources = { kinds: ['Pod'], namespaceSelector: { matchLabels: { checked: 'yes' } } };
    const match = { any: [{ resources }] };
    await putPolicy({ ...policy, spec: { ...policy.spec, rules: [{ ...rule, match }] } });
    const { registry, guard, createPod, namespace } = await makeWorkplace(plane, { from: 'cluster' });
    await plane.call('PATCH', '/api/v1/namespaces/default', { metadata: { labels: { checked: 'yes' } } }, mergePatch);
    await guard();
    await putUnsigned(registry, 'unsigned');
    const pod = async (name: string): Promise<number> => (await createPod(name, 'ghcr.io/org/unsigned:1')).status;
    expect(await pod('unlabelled')).toBe(201);
    const labels = { metadata: { labels: { checked: 'yes' } } };
    await plane.call('PATCH', `/api/v1/namespaces/${namespace}`, labels, mergePatch);
    await vi.waitFor(async () => expect(await pod(`labelled-${Date.now()}`)).toBe(403), aMoment);
    const exceptions = `/apis/kyverno.io/v2/namespaces/${namespace}/policyexceptions`;
    const exception = {
      apiVersion: 'kyverno.io/v2',
      kind: 'PolicyException',
      metadata: { name: 'free' },
      spec: {
        exceptions: [{ policyName: 'verify-images', ruleNames: ['verify-signature'] }],
        match: { any: [{ resources: { kinds: ['Pod'], namespaces: [namespace], names: ['free-*'] } }] },
      },
    };
    expect(await plane.call('POST', exceptions, exception)).toMatchObject({ status: 201 });
    await vi.waitFor(async () => expect(await pod(`free-${Date.now()}`)).toBe(201), aMoment);
    expect(await pod('other')).toBe(403);
    await plane.call('DELETE', `${exceptions}/free`);
    await vi.waitFor(async () => expect(await pod(`free-${Date.now()}`)).toBe(403), aMoment);
  });

  test('a ClusterImagePolicy holds beside them', async () => {
    const key = makeKey();
    const path = '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies';
    const spec = { images: [{ glob: 'ghcr.io/org/**' }], authorities: [{ key: { data: key.pem } }] };
    const object = {
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'p' },
      spec,
    };
    expect(await plane.call('POST', path, object)).toMatchObject({ status: 201 });
    const { registry, guard, createPod } = await makeWorkplace(plane, { from: 'cluster' });
    await guard();
    await putKeyed(registry, 'app', { key, log: 'none' });
    await putKeyed(registry, 'other', { key: makeKey(), log: 'none' });
    const { status } = await createPod('app', 'ghcr.io/org/app:1');
    const denied = await createPod('other', 'ghcr.io/org/other:1');
    await plane.call('DELETE', `${path}/p`);
    expect(status).toBe(201);
    expect(denied).toMatchObject({ status: 403 });
  });

  test('while the API server is gone policies stay, and changes count once it is back', async () => {
    await putPolicy(policy);
    const { registry, guard, createPod } = await makeWorkplace(plane, { from: 'cluster' });
    await guard();
    const key = makeKey();
    await putKeyless(registry, 'app');
    await putKeyed(registry, 'keyed', { key, log: 'none' });
    await plane.stopApi();
    await plane.startApi();
    expect(await createPod('keyed', 'ghcr.io/org/keyed:1')).toMatchObject({ status: 403 });
    expect(await createPod('app', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    await putPolicy(signedBy({ keys: { publicKeys: key.pem, ...unlogged } }));
    await vi.waitFor(
      async () => expect(await createPod('later', 'ghcr.io/org/keyed:1')).toMatchObject({ status: 201 }),
      { ...aMoment, timeout: 60_000 },
    );
    expect(await createPod('no-longer', 'ghcr.io/org/app:1')).toMatchObject({ status: 403 });
  });
});
