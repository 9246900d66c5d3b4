import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { beforeEach, expect, test, vi } from 'vitest';
import { makeFetch } from '../../src/net/index.ts';
import { readAnswer, reviewOf } from '../../testkit/admission.ts';
import { certificates } from '../../testkit/certificates.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { buildImage } from '../../testkit/image.ts';
import { podOf, workloadOf } from '../../testkit/policy.ts';
import { startRedis } from '../../testkit/redis.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { awaitServed, type ServedProgram } from '../../testkit/served.ts';
import { putSigned } from '../../testkit/signed-image.ts';
import { issueCertificate, toPem } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack } from '../../testkit/sigstore/stack.ts';
import { runCli, startCli } from './cli.ts';

const stack = makeStack();
const key = makeKey();
const image = buildImage({ layers: [[{ path: 'a' }]] });
const { digest } = image.manifest;
const signature = (by = key) => signLegacy(stack, { digest, kind: 'signature', key: by, log: 'none' });

let registry: TestRegistry;
let home: string;

beforeEach(async () => {
  registry = await startRegistry();
  home = temporaryDirectory();
  write('cert.pem', certificates.cert);
  write('key.pem', certificates.key);
  write('ca.pem', certificates.ca);
  write('policy.yaml', policy(key.pem));
});

function write(name: string, text: string): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

const policy = (pem: string): string =>
  JSON.stringify({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'signed' },
    spec: {
      validationFailureAction: 'Enforce',
      rules: [
        {
          name: 'by-us',
          match: { any: [{ resources: { kinds: ['Pod'] } }] },
          verifyImages: [
            {
              imageReferences: [`${registry.host}/org/*`],
              attestors: [
                { entries: [{ keys: { publicKeys: pem, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } } }] },
              ],
            },
          ],
        },
      ],
    },
  });

const serveArguments = (): string[] => {
  const [cert, key] = [join(home, 'cert.pem'), join(home, 'key.pem')];
  const tls = ['--tls-cert', cert, '--tls-key', key, '--address', '127.0.0.1:0', '--reload-every', '50ms'];
  return ['admission', 'serve', '--policy', join(home, 'policy.yaml'), ...tls];
};

async function serve(...more: readonly string[]): Promise<ServedProgram> {
  return awaitServed(startCli([...serveArguments(), ...more]));
}

/** What an API server does: one request over TLS, with or without a certificate of its own. */
async function ask(host: string, path: string, body: Buffer, client?: { certificate: string; key: string }) {
  const fetch = makeFetch({
    certificateAuthorities: [certificates.ca],
    ...(client !== undefined && { clientCertificates: { [host]: client } }),
  });
  const url = new URL(`https://${host}${path}`);
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const isPost = body.length > 0;
  const response = await fetch({ method: isPost ? 'POST' : 'GET', url, ...(isPost && { body, headers }) });
  return { status: response.status, text: (await readAll(response.body)).toString() };
}

const toBody = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const review = async (host: string, path: string, value: unknown) =>
  readAnswer((await ask(host, path, toBody(value))).text);

const lines = (served: ServedProgram) =>
  served
    .log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('what is signed is admitted and pinned, what is not is denied, and each decision has a line', async () => {
  const served = await serve();
  const { host } = served;
  await putSigned(registry, ['org/app', '1'], image, { layers: [signature()] });
  await putSigned(registry, ['org/other', '1'], image, { layers: [signature(makeKey())] });
  const name = `${registry.host}/org/app:1`;
  const pod = podOf([name]);
  const mutated = await review(host, '/mutate?timeout=10s', reviewOf(pod));
  expect(mutated).toMatchObject({ allowed: true });
  expect(mutated.patch).toEqual([{ op: 'replace', path: '/spec/containers/0/image', value: `${name}@${digest}` }]);
  expect(await review(host, '/validate', reviewOf(podOf([`${name}@${digest}`])))).toMatchObject({ allowed: true });
  const job = await review(host, '/mutate', reviewOf(workloadOf('CronJob', 'batch/v1', [name])));
  expect(job.patch[0]?.path).toBe('/spec/jobTemplate/spec/template/spec/containers/0/image');
  const unsigned = podOf([`${registry.host}/org/other:1`]);
  const denied = await review(host, '/validate', reviewOf(unsigned));
  expect(denied).toMatchObject({ allowed: false, status: { code: 403 } });
  expect(denied.status?.message).toMatch(
    /^policy signed, rule by-us: failed to verify image .*org\/other:1: .*; see why: /,
  );
  const attached = {
    ...pod,
    spec: { ...(pod['spec'] as object), ephemeralContainers: [{ name: 'd', image: `${registry.host}/org/none:1` }] },
  };
  const update = { operation: 'UPDATE', subResource: 'ephemeralcontainers', oldObject: pod };
  expect(await review(host, '/validate', reviewOf(attached, update))).toMatchObject({ allowed: false });
  expect((await ask(host, '/readyz', Buffer.alloc(0))).status).toBe(200);
  expect(await served.stop('SIGTERM')).toBe(0);
  const decisions = lines(served).filter(({ message }) => message === 'Admission');
  expect(decisions.map(({ outcome }) => outcome)).toEqual(['allowed', 'allowed', 'allowed', 'denied', 'denied']);
  expect(decisions[3]).toMatchObject({ level: 'info', user: 'jane', namespace: 'shop', kind: 'Pod', name: 'pod' });
});

test('a hole of a peer is open where it is asked for, and the log says so', async () => {
  write('policy.yaml', policy(key.pem).replace('/org/*', '/org/app:1'));
  const closed = await serve();
  const pod = podOf([`${registry.host}/org/app:1@${digest}`]);
  expect(await review(closed.host, '/validate', reviewOf(pod))).toMatchObject({ allowed: false });
  const open = await serve('--compat', 'kyverno.tag-dropped');
  expect(await review(open.host, '/validate', reviewOf(pod))).toMatchObject({ allowed: true });
  const warnings = lines(open).filter(({ level }) => level === 'warn');
  expect(warnings).toContainEqual(expect.objectContaining({ compat: 'kyverno.tag-dropped' }));
});

test('an image is fetched once however many ask; a tag is looked up each time; a registry that is gone lets nothing new in', async () => {
  const { host } = await serve();
  await putSigned(registry, ['org/app', '1'], image, { layers: [signature()] });
  const name = `${registry.host}/org/app@${digest}`;
  const many = Array.from({ length: 30 }, () => review(host, '/validate', reviewOf(podOf([name]))));
  for (const { allowed } of await Promise.all(many)) expect(allowed).toBe(true);
  const fetched = registry.seen.filter(({ path }) => path.includes('.sig')).length;
  expect(fetched).toBe(1);
  registry.fail({ match: /./, act: { kind: 'status', status: 503 } });
  expect(await review(host, '/validate', reviewOf(podOf([name])))).toMatchObject({ allowed: true });
  const tagged = await review(host, '/validate?timeout=2s', reviewOf(podOf([`${registry.host}/org/app:1`])));
  expect(tagged).toMatchObject({ allowed: false });
});

test('a registry where nobody listens is asked three times, and denies within the time that the API server waits', async () => {
  const host = '127.0.0.1:1';
  write('policy.yaml', policy(key.pem).replaceAll(registry.host, host));
  const served = await serve('--debug');
  const denied = await review(served.host, '/validate?timeout=10s', reviewOf(podOf([`${host}/org/app:1`])));
  expect(denied).toMatchObject({ allowed: false });
  expect(denied.status?.message).toContain(`${host} cannot be reached`);
  expect(served.log().match(/A request is tried again/g)).toHaveLength(2);
});

test('policies and certificates are read again when they change; what cannot be read changes nothing', async () => {
  const served = await serve();
  const { host } = served;
  await putSigned(registry, ['org/app', '1'], image, { layers: [signature()] });
  const pinned = reviewOf(podOf([`${registry.host}/org/app@${digest}`]));
  expect((await review(host, '/validate', pinned)).allowed).toBe(true);
  write('policy.yaml', 'no: policy');
  write('cert.pem', 'no certificate');
  await vi.waitFor(() => expect(served.log().match(/cannot be used/g)).toHaveLength(2), { timeout: 10_000 });
  expect((await review(host, '/validate', pinned)).allowed).toBe(true);
  write('policy.yaml', policy(makeKey().pem));
  write('cert.pem', certificates.cert);
  await vi.waitFor(async () => expect((await review(host, '/validate', pinned)).allowed).toBe(false), {
    timeout: 10_000,
  });
});

test('clients without the right certificate, reviews that are none, 10 MB and slow clients are refused and logged', async () => {
  const served = await serve('--client-ca', join(home, 'ca.pem'));
  const { host } = served;
  const good = { certificate: certificates.cert, key: certificates.key };
  const pod = toBody(reviewOf(podOf(['elsewhere/app'])));
  expect(await ask(host, '/validate', pod)).toMatchObject({ status: 403 });
  expect(await ask(host, '/validate', pod, strangerOf())).toMatchObject({ status: 403 });
  expect(await ask(host, '/validate', pod, good)).toMatchObject({ status: 200 });
  expect(await ask(host, '/healthz', Buffer.alloc(0))).toMatchObject({ status: 200 });
  expect(await ask(host, '/validate', Buffer.from('{"kind":'), good)).toMatchObject({ status: 400 });
  const large = Buffer.alloc(10 * 2 ** 20 + 1, ' ');
  expect(await ask(host, '/validate', large, good)).toMatchObject({ status: 413 });
  expect(await trickle(host)).toContain('HTTP/1.1 408');
  const refused = lines(served).filter(({ message }) => message === 'A review was refused');
  expect(refused.map(({ why }) => why)).toEqual(['client', 'client', 'malformed', 'too-large', 'slow']);
  expect(await served.stop('SIGINT')).toBe(0);
});

/** Sends a byte of a body now and then, which keeps a connection from being idle; resolves to the answer. */
async function trickle(host: string): Promise<string> {
  const { ca, cert, key } = certificates;
  const socket = connect({ host: '127.0.0.1', port: Number(host.split(':')[1]), ca, cert, key });
  socket.write('POST /validate?timeout=400ms HTTP/1.1\r\nHost: x\r\n');
  socket.write('Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n');
  const timer = setInterval(() => socket.write(' '), 50);
  socket.on('error', () => undefined);
  const parts: Buffer[] = [];
  await new Promise((resolve) => socket.on('data', (part: Buffer) => parts.push(part)).on('close', resolve));
  clearInterval(timer);
  return Buffer.concat(parts).toString();
}

/** A certificate that nobody vouches for. */
function strangerOf() {
  const stranger = makeKey();
  const [notBefore, notAfter] = [new Date('2020-01-01'), new Date('2100-01-01')];
  const { der } = issueCertificate({
    key: stranger,
    commonName: 'kube-apiserver',
    notBefore,
    notAfter,
    extensions: [],
  });
  const pem = stranger.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate: toPem(der), key: pem };
}

test('metrics are given where they are asked for, and clients without one of the names are refused', async () => {
  const args = [
    '--client-ca',
    join(home, 'ca.pem'),
    '--client-name',
    'front-proxy',
    '--metrics-address',
    '127.0.0.1:0',
  ];
  const served = await serve(...args);
  const good = { certificate: certificates.cert, key: certificates.key };
  expect((await ask(served.host, '/validate', toBody(reviewOf(podOf(['a']))), good)).status).toBe(403);
  await vi.waitFor(() => expect(served.output()).toContain('Metrics at '));
  const url = new URL(/Metrics at (\S+)/.exec(served.output())?.[1] ?? '');
  const { status, body } = await makeFetch()({ method: 'GET', url });
  expect([status, (await readAll(body)).toString()]).toEqual([
    200,
    expect.stringContaining('plimsoll_admission_refused_total{reason="client-name"} 1\n'),
  ]);
  const alone = ['--tls-cert', join(home, 'cert.pem'), '--tls-key', join(home, 'key.pem'), '--client-name', 'a'];
  expect((await runCli(['admission', 'serve', '--policy', join(home, 'policy.yaml'), ...alone])).stderr).toContain(
    'ADMISSION_CLIENT_CA_MISSING',
  );
});

test('the audit log has a record of each decision, and whoever is named may break the glass', async () => {
  const path = join(home, 'audit.log');
  const { host } = await serve('--audit-log', path, '--break-glass-groups', 'admins', '--mutate', 'pods');
  const pod = podOf([`${registry.host}/org/none:1`], { annotations: { 'plimsoll.dev/break-glass': 'INC-7' } });
  expect((await review(host, '/validate', reviewOf(pod))).allowed).toBe(false);
  const userInfo = { username: 'ada', groups: ['admins'] };
  const broken = await review(host, '/validate', reviewOf(pod, { userInfo }));
  expect(broken).toMatchObject({ allowed: true, warnings: ['break-glass of ada: INC-7', expect.any(String)] });
  const records = await vi.waitFor(() => {
    const all = readFileSync(path, 'utf8').trim().split('\n');
    expect(all).toHaveLength(2);
    return all.map((line) => JSON.parse(line));
  });
  expect(records[0]).toMatchObject({ verdict: 'denied', user: 'jane', reasons: [{ policy: 'signed', denies: true }] });
  expect(records[1]).toMatchObject({ verdict: 'allowed', would: 'denied', exemption: { by: 'ada', reason: 'INC-7' } });
});

test('the audit log on the standard output is all there is; a secret must be one', async () => {
  const served = startCli([...serveArguments(), '--audit-log', '-', '--mode', 'audit', '--exclude-namespaces', '*']);
  const errors = await new Promise<string>((resolve) => {
    let text = '';
    served.stderr?.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('Serving at')) resolve(text);
    });
  });
  served.kill('SIGKILL');
  expect(errors).toContain('policies are not enforced');
  expect(errors).toContain('Whatever is in a namespace is let in');
  const short = await runCli([...serveArguments(), '--cache-key-file', write('key', 'short')]);
  expect(short.stderr).toContain('ADMISSION_KEY_SHORT');
});

test('replicas tell each other what they have found out, and believe nobody else', async () => {
  const redis = await startRedis();
  const key = write('replicas.key', 'k'.repeat(32));
  const share = ['--cache', redis.url, '--cache-key-file', key];
  const [one, two] = [await serve(...share), await serve(...share)];
  for (const { log } of [one, two]) {
    await vi.waitFor(() => expect(log()).toContain('The shared store is there'), { timeout: 10_000 });
  }
  await putSigned(registry, ['org/app', '1'], image, { layers: [signature()] });
  const name = `${registry.host}/org/app@${digest}`;
  expect((await review(one.host, '/validate', reviewOf(podOf([name])))).allowed).toBe(true);
  await vi.waitFor(() => expect(redis.values.size).toBe(1));
  const asked = registry.seen.length;
  expect((await review(two.host, '/validate', reviewOf(podOf([name])))).allowed).toBe(true);
  expect(registry.seen).toHaveLength(asked);
  expect((await runCli([...serveArguments(), '--cache', redis.url])).stderr).toContain('ADMISSION_CACHE_UNSEALED');
});

test('digests cost no request for a while, tags one for all who ask; other policies and roots begin anew', async () => {
  const served = await serve('--trusted-root', write('root.json', stack.trustedRoot()));
  await putSigned(registry, ['org/app', '1'], image, { layers: [signature()] });
  const [byDigest, byTag] = [`${registry.host}/org/app@${digest}`, `${registry.host}/org/app:1`];
  const costOf = async (...images: string[]) => {
    const before = registry.seen.length;
    const all = images.map((name) => review(served.host, '/mutate', reviewOf(podOf([name]))));
    for (const { allowed } of await Promise.all(all)) expect(allowed).toBe(true);
    return registry.seen.slice(before).map(({ method, path }) => `${method} ${path.split('/').at(-1)}`);
  };
  expect((await costOf(byDigest)).length).toBeGreaterThan(0);
  expect(await costOf(byDigest, byDigest)).toEqual([]);
  expect(await costOf(byTag)).toEqual(['HEAD 1']);
  const many = await costOf(...Array.from({ length: 20 }, () => byTag));
  expect([...new Set(many)]).toEqual(['HEAD 1']);
  expect(many.length).toBeLessThan(20);
  const changes = [
    () => write('policy.yaml', `${policy(key.pem)}\n`),
    () => write('root.json', stack.trustedRoot({ logs: [] })),
  ];
  for (const [index, change] of changes.entries()) {
    change();
    const used = () => served.log().match(/are used from now on/g) ?? [];
    await vi.waitFor(() => expect(used()).toHaveLength(index + 1), { timeout: 10_000 });
    expect((await costOf(byDigest)).length).toBeGreaterThan(0);
    expect(await costOf(byDigest)).toEqual([]);
  }
});

test('without policies or a certificate there is nothing to serve', async () => {
  expect((await runCli(['admission', 'serve', '--policy', join(home, 'policy.yaml')])).stderr).toContain(
    'CLI_TLS_MISSING',
  );
  expect((await runCli(['admission', 'serve'])).stderr).toContain('CLI_POLICY_MISSING');
  const tls = ['--tls-cert', join(home, 'cert.pem'), '--tls-key', join(home, 'key.pem')];
  const none = await runCli(['admission', 'serve', '--policy', temporaryDirectory(), ...tls]);
  expect(none).toMatchObject({ code: 1 });
  expect(none.stderr).toContain('ADMISSION_NO_POLICIES');
});
