import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordLog, temporaryDirectory } from '../../../../testkit/context.ts';
import { accessTo, startApiServer, type TestApiServer } from '../../../../testkit/kube.ts';
import { makeKubeClient } from '../../../kube/index.ts';
import { makeContext } from '../../context.ts';
import { serve } from '../serve.ts';
import { CertificateKeeper } from './certificates.ts';

const secrets = '/api/v1/namespaces/plimsoll/secrets';
const validating = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
const mutating = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const day = 86_400_000;

async function makePlace() {
  const server = await startApiServer([secrets]);
  for (const path of [validating, mutating]) {
    server.put(path, { metadata: { name: 'plimsoll' }, webhooks: [{ name: 'a', clientConfig: {} }, { name: 'b' }] });
  }
  let time = Date.parse('2026-06-01T12:00:00Z');
  const clock = { now: () => new Date(time) };
  const log = recordLog();
  const client = makeKubeClient(accessTo(server, 'plimsoll'), { clock, environment: {} });
  const own = { names: [], secret: 'certificates', webhooks: 'plimsoll' };
  return {
    server,
    log,
    clock,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    open: () => CertificateKeeper.open(own, { client, clock, log, interval: 5000 }),
  };
}

/** The authorities that both webhooks of both configurations trust. */
function trusted(server: TestApiServer): string {
  const all = [validating, mutating].flatMap((path) => {
    const { webhooks } = server.read(path, 'plimsoll') as unknown as {
      webhooks: { clientConfig: { caBundle: string } }[];
    };
    return webhooks.map(({ clientConfig }) => Buffer.from(clientConfig.caBundle, 'base64').toString());
  });
  expect(new Set(all).size).toBe(1);
  return all[0] ?? '';
}

function isKnown(cert: string, bundle: string): boolean {
  const serving = new X509Certificate(cert);
  const authorities = bundle.split(/(?<=END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));
  return authorities.some((authority) => serving.checkIssued(authority) && serving.verify(authority.publicKey));
}

test('replicas share what the first one made, and the webhooks are told whom to trust', async () => {
  const { server, open } = await makePlace();
  const [first, second] = await Promise.all([open(), open()]);
  expect(second.current()).toEqual(first.current());
  expect(isKnown(first.current().cert, trusted(server))).toBe(true);
  expect(new X509Certificate(first.current().cert).checkHost('plimsoll.plimsoll.svc')).toBe('plimsoll.plimsoll.svc');
});

test('through two years of looking now and then, what is served is always known and valid, also after the leader is gone', async () => {
  const { server, open, pass, clock } = await makePlace();
  const [first, second] = [await open(), await open()];
  const served = new Set<string>();
  let bundle = trusted(server);
  for (let at = 0; at < 730; at += 5) {
    // One of them is lost after a year.
    if (at < 365) await first.look();
    await second.look();
    for (const { cert } of [second.current(), ...(at < 365 ? [first.current()] : [])]) {
      served.add(cert);
      expect(new X509Certificate(cert).validToDate > clock.now() && isKnown(cert, bundle)).toBe(true);
    }
    bundle = trusted(server);
    pass(5 * day);
  }
  expect(served.size).toBeGreaterThan(10);
});

test('a new authority is not served with until it was trusted for a minute', async () => {
  const { server, open, pass } = await makePlace();
  const keeper = await open();
  const { length } = trusted(server);
  pass(246 * day);
  await keeper.look();
  await keeper.look();
  const bundle = trusted(server);
  expect(bundle.length).toBeGreaterThan(length);
  const before = keeper.current();
  pass(59_000);
  await keeper.look();
  expect(keeper.current()).toEqual(before);
  pass(2000);
  await keeper.look();
  expect(keeper.current()).not.toEqual(before);
  expect(isKnown(keeper.current().cert, bundle)).toBe(true);
});

test('while the cluster cannot be asked everything stays, and that is told once', async () => {
  const { server, open, log } = await makePlace();
  const keeper = await open();
  const before = keeper.current();
  server.fail(/./, 500, undefined, 2);
  await keeper.look();
  await keeper.look();
  expect(keeper.current()).toEqual(before);
  expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('a Secret in which nothing can be used is filled anew; who stops leaves the lease', async () => {
  const { server, open } = await makePlace();
  server.put(secrets, { metadata: { name: 'certificates', namespace: 'plimsoll' }, data: { 'tls.crt': 'bm8=' } });
  const keeper = await open();
  expect(isKnown(keeper.current().cert, trusted(server))).toBe(true);
  await keeper.stop();
  const leases = '/apis/coordination.k8s.io/v1/namespaces/plimsoll/leases';
  expect(server.read(leases, 'certificates')).toMatchObject({ spec: { holderIdentity: '' } });
});

test('without a cluster there is nowhere to keep certificates', async () => {
  const directory = temporaryDirectory();
  const policy = join(directory, 'policy.yaml');
  writeFileSync(policy, 'validators: [{name: default, type: static, approve: true}]');
  const tls = { own: { names: [], secret: 'certificates', webhooks: 'plimsoll' } };
  const served = serve(
    { address: '127.0.0.1', port: 0, policies: [policy], tls },
    makeContext({ cacheDir: directory }),
  );
  await expect(served).rejects.toThrowCode('ADMISSION_CLUSTER_MISSING');
});

test('whoever cannot begin to serve stops following the cluster', async () => {
  const server = await startApiServer();
  const directory = temporaryDirectory();
  const kubeconfig = join(directory, 'config');
  const parts = { cluster: { server: server.url }, user: {}, context: { cluster: 'a', user: 'a' } };
  const lists = Object.entries(parts).map(([kind, part]) => [`${kind}s`, [{ name: 'a', [kind]: part }]]);
  writeFileSync(kubeconfig, JSON.stringify({ ...Object.fromEntries(lists), 'current-context': 'a' }));
  const tls = { certFile: join(directory, 'none'), keyFile: join(directory, 'none') };
  const cluster = { kubeconfig, policies: true };
  const given = { address: '127.0.0.1', port: 0, policies: [], tls, cluster };
  await expect(serve(given, makeContext({ cacheDir: directory }))).rejects.toThrowCode('DISK_NOT_FOUND');
  const { length } = server.seen;
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(server.seen.length).toBe(length);
});
