import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { certificates } from '../../testkit/certificates.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { hasPeer, type PeerResult, runPeer } from '../../testkit/peer.ts';
import { awaitServed, type ServedProgram } from '../../testkit/served.ts';
import { runCli, startCli } from '../e2e/cli.ts';
import { pathOf, skipReason, titled } from './binaries.ts';
import { type ControlPlane, kubeconfigOf, startControlPlane } from './control-plane.ts';
import { podNamed } from './objects.ts';
import { clusterPolicy } from './workplace.ts';

const root = join(import.meta.dirname, '../..');
const chart = join(root, 'charts/plimsoll');
const hasHelm = skipReason === undefined && (await hasPeer('helm'));
const aMoment = { timeout: 30_000, interval: 200 };
const webhooks = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

describe.skipIf(skipReason !== undefined)(titled('the chart, in a cluster'), { timeout: 240_000 }, () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  const kubectl = (args: readonly string[], input?: string): Promise<PeerResult> =>
    runPeer(pathOf('kubectl'), [`--kubeconfig=${plane.kubeconfig}`, ...args], {
      ...(input !== undefined && { input: Buffer.from(input) }),
    });
  const write = (name: string, text: string): string => {
    const path = join(temporaryDirectory(), name);
    writeFileSync(path, text);
    return path;
  };
  const createPod = (namespace: string, pod: object) => plane.call('POST', `/api/v1/namespaces/${namespace}/pods`, pod);

  /** Certificates of a secret, as no cert-manager is there. */
  const values = (): string =>
    write(
      'values.json',
      JSON.stringify({ certificates: { mode: 'secret', secret: { name: 'tls', authority: certificates.ca } } }),
    );

  test('the API server takes every object of `admission install` as it is, and its pods under the restricted standard', async () => {
    const args = ['--policy', write('policy.yaml', clusterPolicy), '--values', values(), '-n', 'strict'];
    const printed = await runCli(['admission', 'install', '--dry-run', ...args]);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const applied = await kubectl(['apply', '--validate=strict', '-f', '-'], printed.stdout);
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(applied.stdout.toString()).not.toMatch(/unchanged|configured/);
    const deployment = await plane.call('GET', '/apis/apps/v1/namespaces/strict/deployments/plimsoll');
    const { template } = deployment.body['spec'] as { template: { metadata: object; spec: object } };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name: 'server' },
      spec: template.spec,
    };
    expect(await createPod('strict', pod)).toMatchObject({ status: 201, warnings: '' });
    expect(await createPod('strict', podNamed('lax', 'a/b:1'))).toMatchObject({ status: 403 });
    expect((await kubectl(['apply', '-f', '-'], printed.stdout)).stdout.toString()).not.toMatch(/created/);
    expect(await kubectl(['delete', '--wait=false', '-f', '-'], printed.stdout)).toMatchObject({ code: 0 });
  });

  test('the rights that are given are enough for certificates of its own and policies of the cluster', async () => {
    const told = ['reports=true', 'events=true', 'recheckEvery=1s'].flatMap((value) => ['--set', `cluster.${value}`]);
    const ways = ['--set', 'policies.fromCluster=true', '--set', 'cluster.configMaps=true', '--name', 'guard', ...told];
    const args = ['admission', 'install', '--kubeconfig', plane.kubeconfig, '-n', 'own', ...ways];
    const installed = await runCli(args);
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout).toContain('deployment.apps/guard-plimsoll applied');
    const served = await serveAs('own', 'guard-plimsoll');
    await vi.waitFor(async () => {
      const found = await plane.call('GET', `${webhooks}/guard-plimsoll`);
      expect(found.body['webhooks']).toMatchObject([{ clientConfig: { caBundle: expect.stringMatching(/^LS0t/) } }]);
    }, aMoment);
    expect(served.log()).not.toMatch(/refuse|KUBE_|forbidden/);
    const again = await runCli(args);
    expect(again).toMatchObject({ code: 0, stdout: installed.stdout });
    const kept = await plane.call('GET', `${webhooks}/guard-plimsoll`);
    expect(kept.body['webhooks']).toMatchObject([{ clientConfig: { caBundle: expect.stringMatching(/^LS0t/) } }]);
    for (const word of ['validating', 'mutating'])
      await plane.call('DELETE', `${webhooks.replace('validating', word)}/guard-plimsoll`);
  });

  /** Serves as the Deployment of a namespace does, by the rights of its service account. */
  async function serveAs(namespace: string, name: string): Promise<ServedProgram> {
    const account = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const { token } = (await plane.call('POST', account, request)).body['status'] as { token: string };
    const access = JSON.parse(kubeconfigOf(plane.url, plane.authority, { token }));
    access.contexts[0].context.namespace = namespace;
    const deployment = await plane.call('GET', `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
    const { template } = deployment.body['spec'] as { template: { spec: { containers: { args: string[] }[] } } };
    const args = (template.spec.containers[0]?.args ?? []).filter(
      (word) => !/^--(address|metrics-address|cache-dir)=/.test(word),
    );
    const place = ['--address', '127.0.0.1:0', '--kubeconfig', write('kubeconfig', JSON.stringify(access))];
    return awaitServed(startCli([...args, ...place]));
  }

  test.skipIf(!hasHelm)('helm installs it; without a server nothing gets in but where it runs itself', async () => {
    const set = ['--values', values(), '--set-file', `policies.files.p\\.yaml=${write('policy.yaml', clusterPolicy)}`];
    const place = ['--kubeconfig', plane.kubeconfig, '--namespace', 'guard'];
    const installed = await runPeer('helm', ['install', 'plimsoll', chart, ...place, '--create-namespace', ...set]);
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout.toString()).toContain(
      'all namespaces but kube-system, kube-node-lease, kube-public, guard.',
    );
    expect(installed.stdout.toString()).toContain('image.repository is an example');
    await vi.waitFor(
      async () => expect(await createPod('default', podNamed('p', 'a/b:1'))).toMatchObject({ status: 500 }),
      {
        timeout: 30_000,
      },
    );
    expect(await createPod('guard', podNamed('p', 'a/b:1'))).toMatchObject({ status: 201 });
    expect(await runPeer('helm', ['uninstall', 'plimsoll', ...place])).toMatchObject({ code: 0 });
    expect((await plane.call('GET', webhooks)).body.items).toEqual([]);
  });

  test.skipIf(!hasHelm)('without policies helm says that nothing is judged, and registers no webhook', async () => {
    const place = ['--kubeconfig', plane.kubeconfig, '--namespace', 'idle'];
    const installed = await runPeer('helm', [
      'install',
      'plimsoll',
      chart,
      ...place,
      '--create-namespace',
      '--values',
      values(),
    ]);
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout.toString()).toContain('NOTHING IS JUDGED YET');
    expect((await plane.call('GET', webhooks)).body.items).toEqual([]);
  });
});
