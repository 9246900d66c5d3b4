import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { skipReason, titled } from './binaries.ts';
import { issueServing } from './certificates.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { freePorts } from './program.ts';
import { putKeyless, putUnsigned } from './signing.ts';
import { trustAuthority } from './webhooks.ts';
import { makeWorkplace } from './workplace.ts';

const aMoment = { timeout: 30_000, interval: 100 };

describe.skipIf(skipReason !== undefined)(titled('when something fails, in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  test('an API server that starts anew goes on asking', async () => {
    const { registry, guard, createPod } = await makeWorkplace(plane);
    await guard();
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    expect(await createPod('before', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    await plane.stopApi();
    await plane.startApi();
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    expect(await createPod('after', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
  });

  test('while the webhook is gone nothing gets in, and once it is back what is signed does', async () => {
    const { registry, serve, guard, createPod, address } = await makeWorkplace(plane, {
      port: (await freePorts(1))[0],
    });
    const served = await guard();
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    expect(await createPod('before', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    await served.stop('SIGKILL');
    for (const name of ['unsigned', 'app']) {
      const { status, body } = await createPod(`gone-${name}`, `ghcr.io/org/${name}:1`);
      expect(status).toBe(500);
      expect(body.message).toContain('failed calling webhook');
    }
    expect((await serve()).host).toBe(address);
    await vi.waitFor(
      async () => expect(await createPod('after', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 }),
      aMoment,
    );
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
  });

  test('a webhook that never answers lets nothing in', async () => {
    const { registry, guard, createPod } = await makeWorkplace(plane);
    const served = await guard();
    await putUnsigned(registry, 'unsigned');
    served.child.kill('SIGSTOP');
    const { status, body } = await createPod('unsigned', 'ghcr.io/org/unsigned:1');
    served.child.kill('SIGCONT');
    expect(status).toBe(500);
    expect(body.message).toContain('failed calling webhook');
  });

  test('certificates change under way: no review is lost, and nothing unsigned gets in', async () => {
    const { registry, guard, createPod, write } = await makeWorkplace(plane);
    const served = await guard();
    await putKeyless(registry, 'app');
    await putUnsigned(registry, 'unsigned');
    const next = issueServing(['127.0.0.1']);
    await trustAuthority(plane, certificates.ca + next.authority);
    write('tls.key', next.key);
    write('tls.crt', next.certificate);
    const outcomes: number[] = [];
    await vi.waitFor(async () => {
      outcomes.push((await createPod(`pod-${outcomes.length}`, 'ghcr.io/org/app:1')).status);
      expect(served.log()).toContain('"what":"certificates"');
    }, aMoment);
    // The old authority is not trusted any more, so whoever is asked now has the new certificate.
    await trustAuthority(plane, next.authority);
    expect(await createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    expect(await createPod('after', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    expect(new Set(outcomes)).toEqual(new Set([201]));
  });

  test('while the registry is gone what was verified goes on, and nothing else gets in', async () => {
    const { registry, guard, createPod, createDeployment, namespace } = await makeWorkplace(plane);
    await guard();
    const { manifest } = await putKeyless(registry, 'app');
    await putKeyless(registry, 'later');
    await putUnsigned(registry, 'unsigned');
    expect(await createPod('before', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    const pinned = `ghcr.io/org/app:1@${manifest.digest}`;
    expect(await createDeployment('web', pinned)).toMatchObject({ status: 201 });
    registry.fail({ match: /./, act: { kind: 'reset' } });
    for (const image of ['unsigned:1', 'later:1', `unsigned@${manifest.digest.replace(/.$/, '0')}`, 'app:1']) {
      const { status } = await createPod('gone', `ghcr.io/org/${image}`);
      expect({ image, status }).toEqual({ image, status: 403 });
    }
    expect(await createPod('again', pinned)).toMatchObject({ status: 201 });
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    const scaled = await plane.call('PATCH', path, { spec: { replicas: 3 } }, 'application/merge-patch+json');
    expect(scaled).toMatchObject({ status: 200 });
  });

  test('Rekor is asked nothing: what was logged gets in, what was not does not', async () => {
    const { registry, guard, createPod, write } = await makeWorkplace(plane);
    const hosts = `network: {allow: ["${registry.host}"]}\n`;
    write('config.yaml', `registry: {mirrors: {ghcr.io: ["http://${registry.host}"]}}\n${hosts}`);
    await guard();
    await putKeyless(registry, 'app');
    await putKeyless(registry, 'unlogged', { log: 'none', timestamped: true });
    expect(await createPod('app', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    expect(await createPod('unlogged', 'ghcr.io/org/unlogged:1')).toMatchObject({ status: 403 });
  });
});
