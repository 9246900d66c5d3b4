import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type KubeClient, Mirror, makeKubeClient, openAccess } from '../../src/kube/index.ts';
import { recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { skipReason, titled } from './binaries.ts';
import { type ControlPlane, kubeconfigOf, startControlPlane } from './control-plane.ts';

const maps = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap' };
const clock = { now: () => new Date() };
const map = (name: string, data: object = {}) => ({ metadata: { name, namespace: 'default' }, data });
const aMoment = { timeout: 30_000, interval: 100 };

describe.skipIf(skipReason !== undefined)(titled('our client of a real API server'), () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane?.stop());

  const connect = async (kubeconfig: string = plane.kubeconfig): Promise<KubeClient> => {
    const environment = { PATH: process.env['PATH'] };
    return makeKubeClient(await openAccess({ kubeconfig, environment }), { clock, environment });
  };

  test('reads, makes, replaces and merges, and learns who was faster', async () => {
    const client = await connect();
    const made = await client.create(maps, map('a', { x: '1' }));
    const changed = await client.merge(maps, made.metadata, { data: { x: '2' } });
    await expect(client.replace(maps, made)).rejects.toThrowCode('KUBE_CONFLICT');
    expect(await client.replace(maps, { ...changed, data: {} })).toMatchObject({ metadata: { name: 'a' } });
    await expect(client.create(maps, map('a'))).rejects.toThrowCode('KUBE_CONFLICT');
    expect(await client.get(maps, { namespace: 'default', name: 'none' })).toBeUndefined();
    expect(await client.knows(maps)).toBe(true);
    expect(await client.knows({ ...maps, group: 'kyverno.io' })).toBe(false);
    expect(await client.list({ ...maps, group: 'kyverno.io' })).toBeUndefined();
    await expect(client.create(maps, map('Not A Name'))).rejects.toThrowCode('KUBE_FAILED');
  });

  test('mirrors more objects than a page has, and follows them over a restart of the server', async () => {
    const client = await connect();
    for (let at = 0; at < 300; at++) await client.create(maps, map(`many-${at}`));
    const stop = new AbortController();
    const mirror = new Mirror(client, maps, { log: recordLog(), signal: stop.signal, namespace: 'default' });
    await mirror.ready;
    expect(mirror.get('many-299', 'default')).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    await client.merge(maps, { namespace: 'default', name: 'many-0' }, { data: { x: 'changed' } });
    await vi.waitFor(() => expect(mirror.get('many-0', 'default')).toMatchObject({ data: { x: 'changed' } }), aMoment);
    await plane.stopApi();
    await vi.waitFor(() => expect(mirror.trouble()).toBeDefined(), aMoment);
    await plane.startApi();
    await client.create(maps, map('later'));
    await vi.waitFor(() => expect(mirror.get('later', 'default')).toBeDefined(), { timeout: 60_000, interval: 200 });
    expect(mirror.trouble()).toBeUndefined();
    stop.abort();
  });

  test('a service account and a program that lends tokens may do what their roles allow', async () => {
    const directory = temporaryDirectory();
    const account = { metadata: { name: 'reader' } };
    await plane.call('POST', '/api/v1/namespaces/default/serviceaccounts', account);
    const asked = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    const answer = await plane.call('POST', '/api/v1/namespaces/default/serviceaccounts/reader/token', asked);
    const { token } = answer.body['status'] as { token: string };
    const program = join(directory, 'lend');
    const lent = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
    writeFileSync(program, `#!/bin/sh\necho '${JSON.stringify(lent)}'\n`);
    chmodSync(program, 0o755);
    mkdirSync(join(directory, 'tokens'));
    writeFileSync(join(directory, 'tokens', 'token'), token);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: program, interactiveMode: 'Never' };
    for (const user of [{ exec }, { tokenFile: 'tokens/token' }]) {
      const kubeconfig = join(directory, 'config');
      writeFileSync(kubeconfig, kubeconfigOf(plane.url, plane.authority, user));
      const client = await connect(kubeconfig);
      await expect(client.list(maps, { namespace: 'default' })).rejects.toThrowCode('KUBE_REFUSED');
      await expect(client.list(maps)).rejects.toThrow('system:serviceaccount:default:reader');
    }
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }];
    await plane.call('POST', `${rbac}/roles`, { metadata: { name: 'reader' }, rules });
    const subjects = [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }];
    const roleRef = { kind: 'Role', name: 'reader', apiGroup: 'rbac.authorization.k8s.io' };
    await plane.call('POST', `${rbac}/rolebindings`, { metadata: { name: 'reader' }, subjects, roleRef });
    const client = await connect(join(directory, 'config'));
    await vi.waitFor(
      async () => expect((await client.list(maps, { namespace: 'default' }))?.items.length).toBeGreaterThan(0),
      aMoment,
    );
  });
});
