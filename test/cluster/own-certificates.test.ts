import { X509Certificate } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleOf, rotate } from '../../src/admission/index.ts';
import type { ServedProgram } from '../../testkit/served.ts';
import { skipReason, titled } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { freePorts } from './program.ts';
import { putKeyless, putUnsigned } from './signing.ts';
import { webhookConfigurations } from './webhooks.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

const day = 86_400_000;
const aMoment = { timeout: 30_000, interval: 200 };
const base = '/apis/admissionregistration.k8s.io/v1';
const kinds = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'] as const;
const secret = '/api/v1/namespaces/default/secrets/plimsoll-certificates';
const lease = '/apis/coordination.k8s.io/v1/namespaces/default/leases/plimsoll-certificates';

describe.skipIf(skipReason !== undefined)(titled('certificates of our own, in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  /** Configurations that trust nobody yet: who serves must say whom to trust. */
  async function configure(host: string): Promise<void> {
    for (const [index, configuration] of webhookConfigurations({ host, authority: '' }).entries()) {
      const path = `${base}/${kinds[index]}`;
      await plane.call('DELETE', `${path}/plimsoll`);
      expect(await plane.call('POST', path, configuration)).toMatchObject({ status: 201 });
    }
  }

  /** A server that the webhooks lead to, with an image that may come in and one that may not. */
  async function begin(): Promise<{ readonly place: Workplace; readonly served: ServedProgram }> {
    const [port = 0] = await freePorts(1);
    await configure(`127.0.0.1:${port}`);
    const place = await makeWorkplace(plane, { certificates: 'own', port });
    const served = await place.serve();
    await putKeyless(place.registry, 'app');
    await putUnsigned(place.registry, 'unsigned');
    return { place, served };
  }

  const authorities = async (): Promise<string[]> => {
    const { body } = await plane.call('GET', `${base}/${kinds[0]}/plimsoll`);
    const [{ clientConfig }] = body['webhooks'] as [{ clientConfig: { caBundle?: string } }];
    const bundle = Buffer.from(clientConfig.caBundle ?? '', 'base64').toString();
    return bundle.split(/(?<=END CERTIFICATE-----\n)/).filter((pem) => pem !== '');
  };

  async function admits({ createPod }: Workplace, served: readonly ServedProgram[]): Promise<void> {
    await vi.waitFor(async () => {
      const { status, body } = await createPod(`app-${Date.now()}`, 'ghcr.io/org/app:1');
      expect({ status, body, log: served.map(({ log }) => log()) }).toMatchObject({ status: 201 });
    }, aMoment);
  }

  test('the webhooks learn whom to trust; of two servers one looks after that, and the other when it is gone', async () => {
    const { place, served } = await begin();
    await admits(place, [served]);
    expect(await place.createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    const holder = async () =>
      ((await plane.call('GET', lease)).body['spec'] as { holderIdentity: string }).holderIdentity;
    const first = await holder();
    const other = await makeWorkplace(plane, { certificates: 'own' });
    await putKeyless(other.registry, 'app');
    const second = await other.serve();
    await wait(1000);
    expect(await holder()).toBe(first);
    await served.stop('SIGKILL');
    await vi.waitFor(async () => expect(await holder()).not.toBe(first), { timeout: 60_000, interval: 500 });
    await configure(second.host);
    await admits(other, [second]);
    expect(await second.stop('SIGTERM')).toBe(0);
    expect(await holder()).toBe('');
  });

  test('a new authority is trusted beside the old one, and then served with, while reviews go on', async () => {
    await plane.call('DELETE', secret);
    const names = ['127.0.0.1'];
    const old = rotate(undefined, { now: new Date(Date.now() - 265 * day), names, isTrusted: () => false });
    const pairs = { authority: old.authority, tls: old.serving };
    const stringData = Object.fromEntries(
      Object.entries(pairs).flatMap(([name, { certificate, key }]) => [
        [`${name}.crt`, certificate],
        [`${name}.key`, key],
      ]),
    );
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plimsoll-certificates' }, stringData };
    expect(await plane.call('POST', '/api/v1/namespaces/default/secrets', object)).toMatchObject({ status: 201 });
    const { place, served } = await begin();
    await vi.waitFor(async () => expect(await authorities()).toHaveLength(2), aMoment);
    expect((await authorities())[0]).toBe(bundleOf(old));
    await admits(place, [served]);
    const statuses: number[] = [];
    await vi.waitFor(
      async () => {
        statuses.push((await place.createPod(`pod-${statuses.length}`, 'ghcr.io/org/app:1')).status);
        expect(served.log()).toContain('The authority of the server was replaced');
      },
      { timeout: 120_000, interval: 500 },
    );
    await wait(2000);
    expect(await place.createPod('unsigned', 'ghcr.io/org/unsigned:1')).toMatchObject({ status: 403 });
    expect(await place.createPod('after', 'ghcr.io/org/app:1')).toMatchObject({ status: 201 });
    expect(new Set(statuses)).toEqual(new Set([201]));
    const { data } = (await plane.call('GET', secret)).body as unknown as { data: Record<string, string> };
    const serving = new X509Certificate(Buffer.from(data['tls.crt'] ?? '', 'base64'));
    const [, next = ''] = await authorities();
    expect(serving.checkIssued(new X509Certificate(next))).toBe(true);
  });
});
