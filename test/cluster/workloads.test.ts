import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runPeer } from '../../testkit/peer.ts';
import type { ApiObject } from './api.ts';
import { pathOf, skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { cronJobOf, deploymentOf, podNamed } from './objects.ts';
import { putKeyless, putUnsigned } from './signing.ts';
import { clusterPolicy, imageIn, makeWorkplace, type Workplace } from './workplace.ts';

const mergePatch = 'application/merge-patch+json';
/** A schedule of every minute, and what it takes to notice. */
const aMinute = { timeout: 100_000, interval: 500 };
const aMoment = { timeout: 30_000, interval: 200 };

describe.skipIf(skipReason !== undefined)(titled('what makes pods, in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await plane.startControllers();
  });
  afterAll(() => plane?.stop());

  const list = async ({ namespace }: Workplace, group: string, plural: string): Promise<readonly ApiObject[]> =>
    (await plane.call('GET', `${group}/namespaces/${namespace}/${plural}`)).body.items ?? [];
  const imagesOf = async (place: Workplace, group: string, plural: string): Promise<(string | undefined)[]> =>
    (await list(place, group, plural)).map((item) => imageIn({ status: 200, body: item, warnings: '' }));

  test('a Deployment of a signed image becomes pods that are pinned; one of an unsigned image is refused', async () => {
    const place = await makeWorkplace(plane);
    const { registry, guard, createDeployment, namespace } = place;
    await guard();
    const signed = await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    const pinned = `ghcr.io/org/app:1@${signed.manifest.digest}`;
    const admitted = await createDeployment('web', 'ghcr.io/org/app:1');
    expect(admitted).toMatchObject({ status: 201 });
    expect(imageIn(admitted)).toBe(pinned);
    await vi.waitFor(async () => {
      expect(await imagesOf(place, '/apis/apps/v1', 'replicasets')).toEqual([pinned]);
      expect(await imagesOf(place, '/api/v1', 'pods')).toEqual([pinned]);
    }, aMoment);
    expect(await createDeployment('bad', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    const other = { spec: { template: { spec: { containers: [{ name: 'app', image: 'ghcr.io/org/unsigned:1' }] } } } };
    expect(await plane.call('PATCH', path, other, mergePatch)).toMatchObject({ status: 403 });
    const larger = await plane.call('PATCH', path, { spec: { replicas: 2 } }, mergePatch);
    expect(larger).toMatchObject({ status: 200 });
    await vi.waitFor(async () => expect(await imagesOf(place, '/api/v1', 'pods')).toEqual([pinned, pinned]), aMoment);
  });

  test('where only pods are judged, the pods of an unsigned Deployment are refused and none appears', async () => {
    const podsOnly = clusterPolicy.replace(
      '  name: verify-images\n',
      '  name: verify-images\n  annotations: {pod-policies.kyverno.io/autogen-controllers: none}\n',
    );
    const place = await makeWorkplace(plane, { policy: podsOnly });
    const { registry, guard, createDeployment } = place;
    await guard();
    await putUnsigned(registry, 'unsigned');
    expect(await createDeployment('bad', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 201 });
    await vi.waitFor(async () => {
      const [set] = await list(place, '/apis/apps/v1', 'replicasets');
      expect(JSON.stringify(set?.['status'])).toContain('denied the request: policy verify-images');
    }, aMoment);
    expect(await list(place, '/api/v1', 'pods')).toEqual([]);
  });

  test('a CronJob of a signed image runs; a suspended one of an unsigned image stays so', async () => {
    const place = await makeWorkplace(plane);
    const { registry, guard, namespace } = place;
    const path = `/apis/batch/v1/namespaces/${namespace}/cronjobs`;
    const signed = await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    // Suspended until somebody judges what it makes.
    const before = cronJobOf('before', 'ghcr.io/org/unsigned:1') as { spec: object };
    const suspended = { ...before, spec: { ...before.spec, suspend: true } };
    expect(await plane.call('POST', path, suspended)).toMatchObject({ status: 201 });
    await guard();
    expect(await plane.call('POST', path, cronJobOf('bad', 'ghcr.io/org/unsigned:1'))).toMatchObject({ status: 403 });
    expect(await plane.call('PATCH', `${path}/before`, { spec: { suspend: false } }, mergePatch)).toMatchObject({
      status: 403,
    });
    const admitted = await plane.call('POST', path, cronJobOf('good', 'ghcr.io/org/app:1'));
    expect(admitted).toMatchObject({ status: 201 });
    const pinned = `ghcr.io/org/app:1@${signed.manifest.digest}`;
    await vi.waitFor(async () => {
      const images = await imagesOf(place, '/api/v1', 'pods');
      expect(images[0]).toBe(pinned);
      expect(new Set(images)).toEqual(new Set([pinned]));
    }, aMinute);
  });

  test('an update of what runs is judged anew, and what it leaves as it is stays as it is', async () => {
    const place = await makeWorkplace(plane);
    const { registry, guard, createPod, namespace } = place;
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    const early = await createPod('early', 'ghcr.io/org/app:1');
    expect(imageIn(early)).toBe('ghcr.io/org/app:1');
    await createPod('unsigned', 'ghcr.io/org/unsigned:1');
    await guard();
    const label = { metadata: { labels: { a: 'b' } } };
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const labelled = await plane.call('PATCH', `${pods}/early`, label, mergePatch);
    expect(labelled).toMatchObject({ status: 200 });
    // To write a digest would restart it.
    expect(imageIn(labelled)).toBe('ghcr.io/org/app:1');
    expect(await plane.call('PATCH', `${pods}/unsigned`, label, mergePatch)).toMatchObject({ status: 403 });
    const image = { spec: { containers: [{ name: 'app', image: 'ghcr.io/org/unsigned:1' }] } };
    const strategic = 'application/strategic-merge-patch+json';
    expect(await plane.call('PATCH', `${pods}/early`, image, strategic)).toMatchObject({ status: 403 });
    // What is unsigned can still go.
    expect(await plane.call('DELETE', `${pods}/unsigned`)).toMatchObject({ status: 200 });
  });

  test('kubectl debug attaches what is signed, pinned, and nothing else', async () => {
    const { registry, guard, createPod, namespace, home } = await makeWorkplace(plane);
    await guard();
    await putKeyless(registry, 'app');
    const tools = await putKeyless(registry, 'tools');
    await putUnsigned(registry, 'unsigned');
    await createPod('app', 'ghcr.io/org/app:1');
    const debug = (image: string) =>
      runPeer(
        pathOf('kubectl'),
        ['debug', 'app', `--image=${image}`, '--profile=general', '-n', namespace, '--attach=false'],
        { environment: { KUBECONFIG: plane.kubeconfig, HOME: home } },
      );
    const denied = await debug('ghcr.io/org/unsigned:1');
    expect(denied.code).not.toBe(0);
    expect(denied.stderr).toContain('denied the request: policy verify-images');
    expect(await debug('ghcr.io/org/tools:1')).toMatchObject({ code: 0 });
    const pod = await plane.call('GET', `/api/v1/namespaces/${namespace}/pods/app`);
    const { ephemeralContainers } = pod.body['spec'] as { ephemeralContainers: readonly { image: string }[] };
    expect(ephemeralContainers.map(({ image }) => image)).toEqual([`ghcr.io/org/tools:1@${tools.manifest.digest}`]);
  });

  test('namespaces that are left out are not judged, nor kept from working', async () => {
    const { registry, guard } = await makeWorkplace(plane);
    const served = await guard();
    await putUnsigned(registry, 'unsigned');
    const before = served.log();
    const path = (kind: string): string =>
      kind === 'pods' ? '/api/v1/namespaces/kube-system/pods' : '/apis/apps/v1/namespaces/kube-system/deployments';
    expect(await plane.call('POST', path('pods'), podNamed('system', 'ghcr.io/org/unsigned:1'))).toMatchObject({
      status: 201,
    });
    const deployment = deploymentOf('system', 'ghcr.io/org/unsigned:1');
    expect(await plane.call('POST', path('deployments'), deployment)).toMatchObject({ status: 201 });
    expect(served.log()).toBe(before);
  });
});
