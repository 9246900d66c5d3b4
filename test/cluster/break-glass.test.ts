import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runPeer } from '../../testkit/peer.ts';
import { pathOf, skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { deploymentOf } from './objects.ts';
import { putUnsigned } from './signing.ts';
import { makeWorkplace } from './workplace.ts';

const aMoment = { timeout: 30_000, interval: 200 };
const reason = { 'plimsoll.dev/break-glass': 'INC-7: the key is lost' };

describe.skipIf(skipReason !== undefined)(titled('breaking the glass, in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    await plane.startControllers();
  });
  afterAll(() => plane?.stop());

  test('whoever is named lets a Deployment in, and the controller makes its pods; nobody else and nothing else', async () => {
    const place = await makeWorkplace(plane);
    const { registry, guard, namespace, createPod } = place;
    await guard('--break-glass-users', 'ada');
    await putUnsigned(registry, 'unsigned');
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    const deployment = deploymentOf('fix', 'ghcr.io/org/unsigned:1') as { metadata: object };
    expect(await plane.call('POST', path, deployment)).toMatchObject({ status: 403 });
    const broken = { ...deployment, metadata: { ...deployment.metadata, annotations: reason } };
    // Controllers are somebody else here, whom nobody has named.
    expect(await plane.call('POST', path, broken)).toMatchObject({ status: 403 });
    const ada = ['--kubeconfig', plane.kubeconfig, '--as', 'ada', '--as-group', 'system:masters'];
    const input = Buffer.from(JSON.stringify(broken));
    const made = await runPeer(pathOf('kubectl'), [...ada, '-n', namespace, 'create', '-f', '-'], { input });
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('break-glass of ada: INC-7') });
    const pods = async () => (await plane.call('GET', `/api/v1/namespaces/${namespace}/pods`)).body.items ?? [];
    await vi.waitFor(async () => expect(await pods()).toHaveLength(1), aMoment);
    expect(JSON.stringify(await pods())).toContain('plimsoll.dev/break-glass-grant');
    expect(await createPod('other', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
  });
});
