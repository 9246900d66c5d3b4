import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { chartFiles } from '../../src/admission/chart/data.ts';
import { type JsonObject, parseChart, parseValues, renderChart } from '../../src/helm/index.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { hasPeer, type PeerResult, runPeer } from '../../testkit/peer.ts';

const found = await hasPeer('helm');
const root = join(import.meta.dirname, '../../charts/plimsoll');
const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const policies = { files: { 'a.yaml': 'kind: ClusterPolicy\nname: "on"\ntext: |\n  two\n\n  lines\n' } };

/** Sets of values, each over the chart's own. */
const sets: Readonly<Record<string, JsonObject>> = {
  usual: {},
  everything: parseValues(readFileSync(join(root, 'ci/everything.yaml'), 'utf8')),
  'policies in the chart': { policies },
  'policies elsewhere': { policies: { existingConfigMap: 'mine' }, trustedRoot: { existingConfigMap: 'root' } },
  'policies of the cluster': { policies: { fromCluster: true }, cluster: { configMaps: true } },
  'what runs is judged again, and told': { policies, cluster: { reports: true, events: true, recheckEvery: '30m' } },
  'without metrics': { policies, metrics: { enabled: false, serviceMonitor: { enabled: true } } },
  'certificates of cert-manager, and nothing asked of the cluster': {
    policies,
    certificates: { mode: 'cert-manager' },
  },
  'rights given by somebody else': { policies, rbac: { create: false } },
  'an issuer of the cluster': {
    policies,
    certificates: {
      mode: 'cert-manager',
      certManager: { issuerRef: { name: 'ca', kind: 'ClusterIssuer', group: 'cert-manager.io' } },
    },
  },
  'a secret of its own': {
    policies,
    certificates: { mode: 'secret', secret: { name: 'tls', authority: certificate } },
  },
  'only what denies': { policies, webhooks: { mutating: { enabled: false }, controllers: false } },
  'only what pins': { policies, webhooks: { validating: { enabled: false }, excludedNamespaces: [] } },
  'nothing around it': {
    replicaCount: 1,
    serviceAccount: { create: false },
    podDisruptionBudget: { enabled: false },
    networkPolicy: { enabled: false },
  },
  'a configuration with words that YAML 1.1 takes for others': {
    config: { network: { allow: ['on', 'yes', '1:30', '0x1f', 'a<b>&c'] } },
  },
  'a name that is long': { fullnameOverride: 'a'.repeat(62), nameOverride: 'guard' },
};

/** Values that neither takes. */
const refused: readonly JsonObject[] = [
  { replicas: 3 },
  { replicaCount: 0 },
  { replicaCount: '3' },
  { image: { digest: 'sha256:abc' } },
  { image: { pullPolicy: 'Sometimes' } },
  { policies: { files: { 'a.txt': 'x' } } },
  { policies: { existingConfigMap: 'Not A Name' } },
  { certificates: { mode: 'none' } },
  { enforcement: { mode: 'deny' } },
  { sharedCache: { address: 'valkey:6379' } },
  { sharedCache: { address: 'redis://valkey:6379' } },
  { certificates: { mode: 'secret' } },
  { policies, certificates: { mode: 'secret', secret: { name: 'tls' } } },
  { certificates: { clientAuthority: 'no certificate' } },
  { webhooks: { failurePolicy: 'fail' } },
  { webhooks: { timeoutSeconds: 31 } },
  { webhooks: { excludedNamespaces: ['Kube System'] } },
  { server: { port: 443 } },
  { server: { reloadEvery: 'often' } },
  { networkPolicy: { egressPorts: [70_000] } },
  { podLabels: { a: 1 } },
];

const release = { name: 'plimsoll', namespace: 'guard', service: 'Helm' };
const chart = parseChart(chartFiles);

/** Runs helm with a home of its own; values go into a file. */
function helm(words: readonly string[], values?: JsonObject): Promise<PeerResult> {
  const home = temporaryDirectory();
  const given = values === undefined ? [] : ['--values', writeValues(home, values)];
  const environment = { HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
  return runPeer('helm', [...words, ...given], { environment });
}

function writeValues(home: string, values: JsonObject): string {
  const path = join(home, 'values.json');
  writeFileSync(path, JSON.stringify(values));
  return path;
}

const template = (values: JsonObject): Promise<PeerResult> =>
  helm(['template', release.name, root, '--namespace', release.namespace], values);

/** Objects by what names them, so that the order does not matter. */
function byName(objects: readonly JsonObject[]): Readonly<Record<string, unknown>> {
  const named = objects.map((object) => {
    const { name, namespace } = object['metadata'] as JsonObject;
    return [`${object['kind']} ${namespace} ${name}`, object] as const;
  });
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  return Object.fromEntries(named);
}

describe.skipIf(!found)('the real helm', () => {
  test.each(Object.entries(sets))('finds nothing to complain about: %s', async (_, values) => {
    const { code, stdout } = await helm(['lint', '--strict', root], values);
    expect({ code, said: stdout.toString() }).toEqual({ code: 0, said: expect.stringContaining('0 chart(s) failed') });
  });

  test.each(Object.entries(sets))('renders the same objects as `admission install`: %s', async (_, values) => {
    const { code, stdout, stderr } = await template(values);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const objects = parseAllDocuments(stdout.toString()).map((document) => document.toJS() as JsonObject);
    const ours = await renderChart(chart, values, release);
    expect(byName(ours)).toEqual(byName(objects));
    expect(objects.length).toBeGreaterThan(1);
  });

  test('refuses the same values', async () => {
    for (const values of refused) {
      const { code, stderr } = await template(values);
      const ours = await renderChart(chart, values, release).then(
        () => 'rendered',
        (error: { code?: string }) => error.code,
      );
      const expected = { code: 1, ours: expect.stringMatching(/^HELM_(VALUES_INVALID|RENDER_FAILED)$/) };
      expect({ values, code, ours, stderr }).toEqual({ values, stderr: expect.stringContaining('Error'), ...expected });
    }
  });

  test('packages it', async () => {
    const directory = temporaryDirectory();
    expect(await helm(['package', root, '--destination', directory])).toMatchObject({ code: 0 });
    expect(readdirSync(directory)).toEqual(['plimsoll-0.1.0.tgz']);
  });
});
