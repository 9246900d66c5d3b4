import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import type { ControlPlane } from './control-plane.ts';
import { podNamed } from './objects.ts';

const rules = [
  ['', ['pods', 'pods/ephemeralcontainers', 'replicationcontrollers']],
  ['apps', ['deployments', 'replicasets', 'statefulsets', 'daemonsets']],
  ['batch', ['jobs', 'cronjobs']],
].map(([group, resources]) => ({
  apiGroups: [group],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources,
}));

export interface WebhookOptions {
  /** Where reviews are sent: `127.0.0.1:port`. */
  readonly host: string;
  /** Authorities of the webhook's certificate, in PEM. */
  readonly authority?: string;
}

/** The configurations of docs/admission.md, for one address of this machine. */
export function webhookConfigurations({ host, authority = certificates.ca }: WebhookOptions): readonly object[] {
  const kinds = [
    ['ValidatingWebhookConfiguration', 'validate'],
    ['MutatingWebhookConfiguration', 'mutate'],
  ] as const;
  return kinds.map(([kind, word]) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'plimsoll' },
    webhooks: [
      {
        name: `${word}.plimsoll.example`,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 10,
        clientConfig: { url: `https://${host}/${word}`, caBundle: Buffer.from(authority).toString('base64') },
        namespaceSelector: {
          matchExpressions: [
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'plimsoll'] },
          ],
        },
        rules,
      },
    ],
  }));
}

const base = '/apis/admissionregistration.k8s.io/v1';
const plurals = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'] as const;

/** Has the API server ask a webhook until the test ends, and waits until it does. */
export async function register(plane: ControlPlane, options: WebhookOptions): Promise<void> {
  onTestFinished(() => unregister(plane));
  for (const [index, configuration] of webhookConfigurations(options).entries()) {
    expect(await plane.call('POST', `${base}/${plurals[index]}`, configuration)).toMatchObject({ status: 201 });
    const word = index === 0 ? 'validate' : 'mutate';
    await untilAsked(plane, `${word}.plimsoll.example`);
  }
}

async function unregister(plane: ControlPlane): Promise<void> {
  for (const plural of plurals) await plane.call('DELETE', `${base}/${plural}/plimsoll`);
  const path = '/api/v1/namespaces/default/pods?dryRun=All';
  await vi.waitFor(
    async () => expect((await plane.call('POST', path, podNamed('free', 'ghcr.io/org/none:0'))).status).toBe(201),
    { timeout: 30_000, interval: 100 },
  );
}

/** An API server takes a moment to notice a configuration. */
async function untilAsked({ call }: ControlPlane, webhook: string): Promise<void> {
  const pod = podNamed('probe', 'ghcr.io/org/none:0');
  await vi.waitFor(
    async () => {
      const { body } = await call('POST', '/api/v1/namespaces/default/pods?dryRun=All', pod);
      expect(body.message).toContain(`"${webhook}"`);
    },
    { timeout: 30_000, interval: 100 },
  );
}

/** Has the API server trust these authorities for the webhook, and waits until it has noticed. */
export async function trustAuthority(plane: ControlPlane, authority: string): Promise<void> {
  const value = Buffer.from(authority).toString('base64');
  const patch = [{ op: 'replace', path: '/webhooks/0/clientConfig/caBundle', value }];
  for (const plural of plurals) {
    const answer = await plane.call('PATCH', `${base}/${plural}/plimsoll`, patch, 'application/json-patch+json');
    expect(answer).toMatchObject({ status: 200 });
  }
  // Nothing tells when it is used; a server notices within a second.
  await wait(2000);
}
