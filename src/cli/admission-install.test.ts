import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { startApiServer } from '../../testkit/kube.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const policy = JSON.stringify({
  apiVersion: 'kyverno.io/v1',
  kind: 'ClusterPolicy',
  metadata: { name: 'signed' },
  spec: { rules: [{ name: 'r', match: { any: [] }, verifyImages: [] }] },
});

interface Made {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [key: string]: unknown;
}

function place() {
  const home = temporaryDirectory();
  const write = (name: string, text: string): string => {
    mkdirSync(join(home, name, '..'), { recursive: true });
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const run = async (...args: readonly string[]) => {
    const host = makeHost(['admission', 'install', ...args], { environment: { HOME: home } });
    const code = await runProgram(host);
    return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
  };
  const objects = async (...args: readonly string[]): Promise<Made[]> => {
    const { code, stdout, stderr } = await run('--dry-run', ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return parseAllDocuments(stdout).map((document) => document.toJS() as Made);
  };
  return { write, run, objects };
}

const one = (objects: readonly Made[], kind: string): Made => objects.find((object) => object.kind === kind) as Made;

test('everything that admission needs is printed, the namespace first and the webhooks last', async () => {
  const { write, objects } = place();
  const made = await objects('--policy', write('policies/a.yaml', policy), '--replicas', '3', '-n', 'guard');
  expect(made.map(({ kind }) => kind)).toEqual([
    'Namespace',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'ServiceAccount',
    'ConfigMap',
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
    'Service',
    'Deployment',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ]);
  expect(one(made, 'ConfigMap')['data']).toEqual({ 'a.yaml': policy });
  expect(one(made, 'Deployment')).toMatchObject({ metadata: { namespace: 'guard' }, spec: { replicas: 3 } });
  const [webhook] = one(made, 'ValidatingWebhookConfiguration')['webhooks'] as Made[];
  expect(webhook).toMatchObject({
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    clientConfig: { service: { namespace: 'guard', name: 'plimsoll', path: '/validate' } },
  });
  expect(JSON.stringify(webhook?.['namespaceSelector'])).toContain('"guard"');
});

test('without policies no webhook denies anything', async () => {
  const kinds = (await place().objects('--create-namespace=false')).map(({ kind }) => kind);
  expect(kinds.filter((kind) => /Webhook|Namespace/.test(kind))).toEqual([]);
});

test.each([
  ['own', ['--certificates=own', '--webhooks=plimsoll'], ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']],
  ['cert-manager', ['--tls-cert=/etc/plimsoll/tls/tls.crt'], ['Issuer', 'Certificate', 'Issuer', 'Certificate']],
] as const)('servers get certificates: %s', async (mode, flags, kinds) => {
  const made = await place().objects('--certificates', mode);
  const text = JSON.stringify(one(made, 'Deployment'));
  for (const flag of flags) expect(text).toContain(flag);
  const about = /Role|Issuer|Certificate/;
  expect(
    made
      .map(({ kind }) => kind)
      .filter((kind) => about.test(kind))
      .sort(),
  ).toEqual([...kinds].sort());
  expect(text).toContain(`"automountServiceAccountToken":${mode === 'own'}`);
});

test('rights are given for what is asked for, and no others', async () => {
  const rights = async (...args: readonly string[]) =>
    (one(await place().objects(...args), 'ClusterRole')['rules'] as { resources: string[] }[]).flatMap(
      ({ resources }) => resources,
    );
  const least = ['namespaces', 'rolebindings', 'clusterrolebindings'];
  const webhooks = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'];
  expect(await rights()).toEqual([...least, ...webhooks]);
  const foreign = ['--certificates', 'cert-manager', '--set', 'cluster.lookUp=true'];
  expect(await rights(...foreign)).toEqual(least);
  expect(await rights(...foreign, '--set', 'cluster.configMaps=true')).toEqual([...least, 'configmaps']);
  const policies = ['--set', 'policies.fromCluster=true'];
  expect(await rights(...foreign, ...policies)).toContain('clusterimagepolicies');
});

test('the image and the trusted root are taken from flags, and what is set counts more than files', async () => {
  const { write, objects } = place();
  const digest = `sha256:${'a'.repeat(64)}`;
  const values = write('values.yaml', 'replicaCount: 4\nservice: {port: 8444}\nserver: {logFormat: text}');
  const root = write('root.json', makeStack().trustedRoot());
  const made = await objects(
    ...['--image', `registry.example.com:5000/plimsoll:1@${digest}`, '-f', values, '--trusted-root', root],
    ...['--set', 'replicaCount=5', '--certificates', 'secret', '--set', 'certificates.secret.name=own'],
  );
  const text = JSON.stringify(one(made, 'Deployment'));
  expect(text).toContain(`"image":"registry.example.com:5000/plimsoll@${digest}"`);
  expect(text).toContain('"--trusted-root=/etc/plimsoll/trust/trusted_root.json"');
  expect(text).toContain('"--log-format=text"');
  expect(text).toContain('"secretName":"own"');
  expect(one(made, 'Deployment')).toMatchObject({ spec: { replicas: 5 } });
  expect(one(made, 'Service')).toMatchObject({ spec: { ports: [{ port: 8444 }, { port: 9090 }] } });
});

test.each([
  ['no cluster to install into', [], 'KUBE_CONFIG_MISSING'],
  ['a value that is none', ['--dry-run', '--set', 'replicas=3'], 'HELM_VALUES_INVALID'],
  ['a value out of bounds', ['--dry-run', '--set', 'webhooks.timeoutSeconds=31'], 'HELM_VALUES_INVALID'],
  ['no assignment', ['--dry-run', '--set', 'replicaCount'], 'HELM_SET_INVALID'],
  ['a secret without a name', ['--dry-run', '--certificates', 'secret'], 'HELM_RENDER_FAILED'],
  ['an image that is none', ['--dry-run', '--image', 'Not An Image'], 'CORE_REFERENCE_INVALID'],
])('refused: %s', async (_, args, code) => {
  const { run } = place();
  const ended = await run(...args);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain(code);
});

test('policies and trusted roots that servers could not use are refused before anything is installed', async () => {
  const { write, run } = place();
  const refusal = async (...args: readonly string[]) => (await run('--dry-run', ...args)).stderr;
  expect(await refusal('--policy', write('bad/p.yaml', 'kind: Pod'))).toContain('POLICY_DIALECT_UNKNOWN');
  expect(await refusal('--policy', temporaryDirectory())).toContain('ADMISSION_NO_POLICIES');
  const same = ['a/p.yaml', 'b/p.yaml'].flatMap((name) => ['--policy', write(name, policy)]);
  expect(await refusal(...same)).toContain('ADMISSION_POLICY_NAMES');
  expect(await refusal('--trusted-root', write('root.json', '{}'))).toContain('TRUST_');
});

test('without --dry-run everything is applied to the cluster, once or again', async () => {
  const { write, run } = place();
  const core = ['/api/v1/namespaces', ...within('/api/v1', 'serviceaccounts', 'configmaps', 'services')];
  const server = await startApiServer([
    ...core,
    ...within('/apis/networking.k8s.io/v1', 'networkpolicies'),
    ...within('/apis/policy/v1', 'poddisruptionbudgets'),
    ...within('/apis/rbac.authorization.k8s.io/v1', 'roles', 'rolebindings'),
    ...['clusterroles', 'clusterrolebindings'].map((plural) => `/apis/rbac.authorization.k8s.io/v1/${plural}`),
    ...within('/apis/apps/v1', 'deployments'),
    ...['mutating', 'validating'].map((word) => `/apis/admissionregistration.k8s.io/v1/${word}webhookconfigurations`),
  ]);
  const kubeconfig = write('kubeconfig', kubeconfigOf(server.url));
  const args = ['--kubeconfig', kubeconfig, '--policy', write('a.yaml', policy)];
  const first = await run(...args);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const lines = first.stdout.trim().split('\n');
  expect(lines[0]).toBe('namespace/plimsoll applied');
  expect(lines.at(-1)).toBe('validatingwebhookconfiguration.admissionregistration.k8s.io/plimsoll applied');
  expect(lines).toHaveLength(server.seen.length);
  expect(server.read('/apis/apps/v1/namespaces/plimsoll/deployments', 'plimsoll')).toMatchObject({
    spec: { replicas: 2 },
  });
  expect(await run(...args)).toMatchObject({ code: 0, stdout: first.stdout });
  server.fail(/deployments/, 403);
  const refused = await run(...args);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/apply deployments plimsoll\/plimsoll.*KUBE_REFUSED/s);
});

const within = (group: string, ...plurals: readonly string[]): string[] =>
  plurals.map((plural) => `${group}/namespaces/plimsoll/${plural}`);

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user: { token: 'secret' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
}
