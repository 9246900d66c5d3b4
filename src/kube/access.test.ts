import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startApiServer } from '../../testkit/kube.ts';
import { makeKubeClient } from './client.ts';
import { readInCluster } from './in-cluster.ts';
import { openAccess } from './open-access.ts';

const maps = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap' };
const clock = { now: () => new Date(time) };
let time = Date.parse('2026-06-01T12:00:00Z');

function write(directory: string, name: string, text: string): string {
  const path = join(directory, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const config = (user: object, cluster: object = {}) =>
  JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    'current-context': 'x',
  });

const open = (text: string, more: Readonly<Record<string, string>> = {}) => {
  const directory = temporaryDirectory();
  for (const [name, content] of Object.entries(more)) write(directory, name, content);
  return openAccess({ kubeconfig: write(directory, 'config', text), environment: {} });
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  [{ token: 't' }, { kind: 'token', token: 't' }],
  [
    { username: 'u', password: 'p' },
    { kind: 'basic', username: 'u', password: 'p' },
  ],
  [{}, { kind: 'none' }],
  [
    { 'client-certificate-data': base64('CERT'), 'client-key': 'key.pem' },
    { kind: 'certificate', certificate: 'CERT', key: 'KEY' },
  ],
  [
    { exec: { command: 'aws', args: ['eks'], env: [{ name: 'A', value: 'b' }], provideClusterInfo: true } },
    { kind: 'exec', program: 'aws', arguments: ['eks'], environment: { A: 'b' }, tellsCluster: true },
  ],
])('the user %j', async (user, credential) => {
  const access = await open(config(user, { 'certificate-authority': 'ca.pem' }), { 'ca.pem': 'CA', 'key.pem': 'KEY' });
  expect(access).toMatchObject({ credential, authority: 'CA', namespace: 'shop', isInsecure: false });
  expect(access.server.href).toBe('https://127.0.0.1:6443/');
});

test.each([
  ['{', 'Flow'],
  ['[]', 'it is no mapping'],
  ['{}', 'it has no "" among its contexts'],
  [config({}, { server: 'nowhere' }), 'the cluster has no address'],
  [config({}, { 'proxy-url': 'http://a' }), 'proxy-url'],
  [config({ 'auth-provider': {} }), 'auth-provider'],
  [config({ exec: {} }), 'exec has no command'],
])('the kubeconfig %s cannot be used', async (text, reason) => {
  const opened = open(text);
  await expect(opened).rejects.toThrowCode('KUBE_CONFIG_INVALID');
  await expect(opened).rejects.toThrow(reason);
});

test('a file that was named counts before KUBECONFIG, the pod and the home', async () => {
  const directory = temporaryDirectory();
  const listed = write(directory, 'listed', config({ token: 'listed' }));
  write(directory, '.kube/config', config({ token: 'own' }));
  const environment = { KUBECONFIG: `/nowhere/config:${listed}`, HOME: directory };
  expect(await openAccess({ environment })).toMatchObject({ credential: { token: 'listed' } });
  expect(await openAccess({ environment: { HOME: directory } })).toMatchObject({ credential: { token: 'own' } });
  await expect(openAccess({ environment: {} })).rejects.toThrowCode('KUBE_CONFIG_MISSING');
});

test('a pod reads its account, and its token again once it has changed', async () => {
  const directory = temporaryDirectory();
  const [server, environment] = [
    await startApiServer(),
    { KUBERNETES_SERVICE_HOST: '::1', KUBERNETES_SERVICE_PORT: '1' },
  ];
  expect(await readInCluster(environment, directory)).toBeUndefined();
  expect(await readInCluster({}, directory)).toBeUndefined();
  write(directory, 'token', 'one\n');
  write(directory, 'ca.crt', 'CA');
  write(directory, 'namespace', 'plimsoll');
  const access = await readInCluster(environment, directory);
  expect(access).toMatchObject({ authority: 'CA', namespace: 'plimsoll', server: new URL('https://[::1]:1/') });
  if (access === undefined) return;
  const { authority: _, ...open } = access;
  const client = makeKubeClient({ ...open, server: new URL(`${server.url}/`) }, { clock, environment: {} });
  const ask = () => client.get(maps, { name: 'a' });
  await ask();
  write(directory, 'token', 'two');
  await ask();
  time += 61_000;
  await ask();
  write(directory, 'token', 'three');
  server.fail(/./, 401);
  await ask();
  const tokens = server.seen.map(({ authorization }) => authorization);
  expect(tokens).toEqual(['Bearer one', 'Bearer one', 'Bearer two', 'Bearer two', 'Bearer three']);
});

test('a program lends credentials until they expire, told what it may know', async () => {
  const directory = temporaryDirectory();
  const server = await startApiServer();
  const program = write(
    directory,
    'lend',
    `#!/bin/sh
echo "$KUBERNETES_EXEC_INFO" >> ${directory}/asked
count=$(wc -l < ${directory}/asked)
echo '{"kind":"ExecCredential","status":{"token":"'$count'","expirationTimestamp":"2026-06-01T13:00:00Z"}}'
`,
  );
  chmodSync(program, 0o755);
  time = Date.parse('2026-06-01T12:00:00Z');
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './lend', provideClusterInfo: true };
  const kubeconfig = write(directory, 'config', config({ exec }, { server: server.url }));
  const environment = { PATH: process.env['PATH'] };
  const client = makeKubeClient(await openAccess({ kubeconfig, environment }), { clock, environment });
  for (const minutes of [0, 30, 30]) {
    time += minutes * 60_000;
    await client.get(maps, { name: 'a' });
  }
  expect(server.seen.map(({ authorization }) => authorization)).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2']);
  write(directory, 'lend', '#!/bin/sh\necho secret\n');
  time += 3_600_000;
  await expect(client.get(maps, { name: 'a' })).rejects.toThrow('no JSON');
  write(directory, 'lend', '#!/bin/sh\necho "{}"\n');
  await expect(client.get(maps, { name: 'a' })).rejects.toThrowCode('KUBE_CREDENTIAL_FAILED');
});
