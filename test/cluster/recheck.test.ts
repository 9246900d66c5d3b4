import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ApiObject } from './api.ts';
import { skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { defineKind } from './definitions.ts';
import { putKeyless, putUnsigned } from './signing.ts';
import { makeWorkplace } from './workplace.ts';

const aMoment = { timeout: 60_000, interval: 300 };

describe.skipIf(skipReason !== undefined)(titled('what runs in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await plane.startControllers();
    await defineKind(plane, ['wgpolicyk8s.io', 'v1alpha2', 'policyreports', 'PolicyReport', 'Namespaced']);
    await defineKind(plane, ['wgpolicyk8s.io', 'v1alpha2', 'clusterpolicyreports', 'ClusterPolicyReport', 'Cluster']);
  });
  afterAll(() => plane?.stop());

  test('it is judged again, and told in reports and events; nothing of it is touched', async () => {
    const { registry, serve, createPod, createDeployment, namespace } = await makeWorkplace(plane);
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    await createPod('good', 'ghcr.io/org/app:1');
    await createPod('bad', 'ghcr.io/org/unsigned:1');
    await createDeployment('web', 'ghcr.io/org/unsigned:1');
    const list = async (path: string): Promise<readonly ApiObject[]> =>
      (await plane.call('GET', path)).body.items ?? [];
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    await vi.waitFor(async () => expect(await list(pods)).toHaveLength(3), aMoment);
    const before = await list(pods);
    const flags = ['--reports', '--events', '--recheck', '2s', '--kubeconfig', plane.kubeconfig];
    const served = await serve(...flags);
    await vi.waitFor(async () => {
      const reports = await list(`/apis/wgpolicyk8s.io/v1alpha2/namespaces/${namespace}/policyreports`);
      const results = reports.map(({ scope, results: all }) => {
        const { kind, name } = scope as { kind: string; name: string };
        return `${kind} ${name} ${(all as { result: string }[]).map(({ result }) => result).join()}`;
      });
      expect(results.sort()).toEqual(['Deployment web fail', 'Pod bad fail', 'Pod good pass']);
    }, aMoment);
    await vi.waitFor(async () => {
      const events = await list(`/apis/events.k8s.io/v1/namespaces/${namespace}/events`);
      const own = events.filter(({ reportingController }) => reportingController === 'plimsoll/admission');
      const told = own.map(({ reason, regarding }) => `${(regarding as { name: string }).name} ${String(reason)}`);
      expect(told.sort()).toEqual(['bad PolicyViolation', 'web PolicyViolation']);
    }, aMoment);
    await vi.waitFor(
      () => expect(served.log().match(/What runs was judged again/g)?.length).toBeGreaterThan(1),
      aMoment,
    );
    const identity = ({ metadata }: ApiObject): string => `${metadata?.uid} ${metadata?.resourceVersion}`;
    expect((await list(pods)).map(identity)).toEqual(before.map(identity));
    await plane.call('DELETE', `${pods}/bad`);
    // Reports go with what they are about.
    await vi.waitFor(async () => {
      const reports = await list(`/apis/wgpolicyk8s.io/v1alpha2/namespaces/${namespace}/policyreports`);
      expect(reports.map(({ scope }) => (scope as { name: string }).name).sort()).toEqual(['good', 'web']);
    }, aMoment);
  });

  test('what is denied is told in an event, and what is let in has a report that goes with it', async () => {
    const { registry, guard, createPod, namespace } = await makeWorkplace(plane);
    await guard('--reports', '--events', '--kubeconfig', plane.kubeconfig);
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    expect(await createPod('bad', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    const good = await createPod('good', 'ghcr.io/org/app:1');
    const list = async (path: string): Promise<readonly ApiObject[]> =>
      (await plane.call('GET', path)).body.items ?? [];
    await vi.waitFor(async () => {
      const events = await list(`/apis/events.k8s.io/v1/namespaces/${namespace}/events`);
      expect(events.map(({ reason, regarding }) => ({ reason, regarding }))).toMatchObject([
        { reason: 'PolicyViolation', regarding: { kind: 'Pod', name: 'bad' } },
      ]);
    }, aMoment);
    await vi.waitFor(async () => {
      const reports = await list(`/apis/wgpolicyk8s.io/v1alpha2/namespaces/${namespace}/policyreports`);
      expect(reports).toMatchObject([{ scope: { name: 'good', uid: good.body.metadata?.uid }, summary: { pass: 1 } }]);
    }, aMoment);
  });
});
