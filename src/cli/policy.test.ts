import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { blobsOf, buildImage, layoutFiles, writeTree } from '../../testkit/image.ts';
import { clusterPolicyText, connaisseurText } from '../../testkit/policy-texts.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { type Evidence, putSigned } from '../../testkit/signed-image.ts';
import { bundleManifest } from '../../testkit/sigstore/attach.ts';
import type { IdentityRequest } from '../../testkit/sigstore/authority.ts';
import { toPem } from '../../testkit/sigstore/certificate.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack, type SignRequest, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const image = buildImage({ layers: [[{ path: 'a' }]] });
const other = buildImage({ layers: [[{ path: 'b' }]] });
const { digest, bytes } = image.manifest;
const github = 'https://github.com/login/oauth';

const clusterPolicy = clusterPolicyText();

const signatureType = 'https://sigstore.dev/cosign/sign/v1';

function signed(email: string, issuer = github, artifact = bytes, more: Partial<SignRequest> = {}) {
  const identity: Partial<IdentityRequest> = { names: [{ kind: 'email', value: email }], issuer };
  const statement = statementAbout(artifact, { predicateType: signatureType });
  return signBundle(stack, { artifact, content: 'statement', statement, identity, ...more }).bundle;
}

const pod = (reference: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'app', namespace: 'shop' },
    spec: { containers: [{ name: 'app', image: reference }] },
  });

const cronJob = (reference: string): string =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'job', namespace: 'shop' },
    spec: { jobTemplate: { spec: { template: JSON.parse(pod(reference)) } } },
  });

let registry: TestRegistry;
let home: string;

beforeEach(async () => {
  registry = await startRegistry();
  home = temporaryDirectory();
  write('root.json', stack.trustedRoot());
  write('policy.yaml', clusterPolicy);
  write('config.yaml', `registry: {mirrors: {ghcr.io: ["${registry.host}"]}}\n`);
});

function write(name: string, text: string): string {
  writeFileSync(join(home, name), text);
  return join(home, name);
}

async function run(args: readonly string[]) {
  const named = args.map((word) => (/^[\w-]+\.(json|ya?ml)$/.test(word) ? join(home, word) : word));
  const host = makeHost(named, { environment: { HOME: home } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

/** Judges an object of the image by the policy, from a mirror of ghcr.io. */
async function apply(object: string, words: readonly string[] = []) {
  write('object.json', object);
  const general = ['--config', 'config.yaml', '--trusted-root', 'root.json'];
  return run(['policy', 'apply', 'policy.yaml', '--resource', 'object.json', ...general, ...words]);
}

const put = (evidence: Evidence, tag = '1', which = image) => putSigned(registry, ['org/app', tag], which, evidence);

test('an image signed by the right person is let in and pinned, in pods and in what makes pods', async () => {
  await put({ bundles: [signed('dev@org.com')] });
  const { code, stdout } = await apply(pod('ghcr.io/org/app:1'));
  expect(stdout.split('\n')).toEqual([
    'RESULT  POLICY         RULE              RESOURCE      MESSAGE',
    'pass    verify-images  verify-signature  shop/Pod/app  verified image ghcr.io/org/app:1',
    `pin shop/Pod/app /spec/containers/0/image to ghcr.io/org/app:1@${digest}`,
    'pass: 1, fail: 0, warn: 0, error: 0, skip: 0',
    '',
  ]);
  expect(code).toBe(0);
  const job = await apply(cronJob('ghcr.io/org/app:1'));
  expect(job).toMatchObject({ code: 0 });
  expect(job.stdout).toContain('autogen-cronjob-verify-signature  shop/CronJob/job');
  expect(job.stdout).toContain('/spec/jobTemplate/spec/template/spec/containers/0/image');
});

test.each([
  ['nobody', {}, 'no signatures found'],
  [
    'another person',
    { bundles: [signed('dev@evil.com')] },
    'the certificate is of dev@evil.com, and *@org.com is accepted',
  ],
  [
    'another issuer',
    { bundles: [signed('dev@org.com', 'https://evil.example.com')] },
    'identified by https://evil.example.com',
  ],
  [
    'a key',
    { layers: [signLegacy(stack, { digest, kind: 'signature', key: makeKey() })] },
    'by identity was asked for',
  ],
])('an image signed by %s is denied', async (_, evidence, why) => {
  await put(evidence);
  const { code, stdout } = await apply(pod('ghcr.io/org/app:1'));
  expect(stdout).toContain('failed to verify image ghcr.io/org/app:1: .attestors[0].entries[0].keyless: ');
  expect(stdout).toContain(why);
  expect(stdout).toContain('fail: 1');
  expect(code).toBe(1);
});

test('a tag that was moved after signing, and one of a registry that cannot be asked, are denied', async () => {
  await put({ bundles: [signed('dev@org.com')] });
  await put({}, '1', other);
  expect(await apply(pod('ghcr.io/org/app:1'))).toMatchObject({ code: 1 });
  expect(await apply(pod(`ghcr.io/org/app:1@${digest}`))).toMatchObject({ code: 0 });
  write('config.yaml', 'registry: {mirrors: {}}\nnetwork: {allow: [127.0.0.1]}\n');
  const refused = await apply(pod('ghcr.io/org/app:1'));
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stdout).toContain('error: 1');
});

test('images that no policy is about are let in; the policy says nothing', async () => {
  expect(await apply(pod('docker.io/nginx'))).toMatchObject({
    code: 0,
    stdout: 'pass: 0, fail: 0, warn: 0, error: 0, skip: 0\n',
  });
});

test('an image from a directory needs no registry', async () => {
  const { manifest, blobs } = bundleManifest(image.manifest, signed('dev@org.com'));
  const saved = temporaryDirectory();
  writeTree(saved, layoutFiles([{ blob: image.manifest }], [...blobsOf(image), manifest, ...blobs]));
  const found = await apply(pod('ghcr.io/org/app:1'), ['--layout', `ghcr.io/org/app:1=${saved}`]);
  expect(found).toMatchObject({ code: 0 });
  expect(registry.seen).toEqual([]);
  expect((await apply(pod('ghcr.io/org/app:1'), ['--layout', saved])).stderr).toContain('CLI_LAYOUT_INVALID');
});

test('results as JSON, JUnit and reports of Kubernetes', async () => {
  await put({});
  const json = JSON.parse((await apply(pod('ghcr.io/org/app:1'), ['--format', 'json'])).stdout);
  expect(json.summary).toEqual({ pass: 0, fail: 1, warn: 0, error: 0, skip: 0 });
  expect(json.decisions[0]).toMatchObject({
    allowed: false,
    resource: { kind: 'Pod', name: 'app', namespace: 'shop' },
    results: [{ denies: true, images: [{ image: 'ghcr.io/org/app:1', digest, outcome: 'fail' }] }],
    patches: [],
  });
  const { stdout: xml } = await apply(pod('ghcr.io/org/app:1'), ['--format', 'junit']);
  expect(xml).toContain('<testsuite name="verify-images" tests="1" failures="1" errors="0" skipped="0">');
  const { stdout: yaml } = await apply(pod('ghcr.io/org/app:1'), ['-p']);
  expect(yaml).toContain('kind: PolicyReport\n');
  expect(yaml).toContain('    result: fail\n');
});

test('explain tells which rule, which attestor and which signature failed and why', async () => {
  await put({ bundles: [signed('dev@evil.com')] });
  const words = ['--policy', 'policy.yaml', '--config', 'config.yaml', '--trusted-root', 'root.json'];
  const denied = await run(['policy', 'explain', 'ghcr.io/org/app:1', ...words]);
  expect(denied.code).toBe(1);
  expect(denied.stdout.split('\n')).toEqual([
    'ClusterPolicy verify-images, rule verify-signature: fail (denies)',
    `  ghcr.io/org/app:1 is ${digest}: fail`,
    expect.stringContaining('failed to verify image'),
    '    - spec.rules[0].verifyImages[0] all of',
    '      - .attestors all of',
    '        - .attestors[0] all of',
    `          - .attestors[0].entries[0].keyless signed by *@org.com identified by ${github}`,
    '              the certificate is of dev@evil.com, and *@org.com is accepted',
    'Denied.',
    '',
  ]);
  expect((await run(['policy', 'explain', 'x', '--policy', 'policy.yaml'])).stdout).toBe(
    'No rule is about this image.\n',
  );
  expect((await run(['policy', 'explain', 'x'])).stderr).toContain('CLI_POLICY_MISSING');
});

test('the policy of these tests is that of docs/policy.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
  expect(page).toContain(`\`\`\`yaml\n${clusterPolicy}\`\`\`\n`);
});

test('audit tells failures without denying; --audit-warn makes them warnings with a code of their own', async () => {
  await put({});
  write('policy.yaml', clusterPolicy.replace('Enforce', 'Audit'));
  const { code, stderr } = await apply(pod('ghcr.io/org/app:1'));
  expect(code).toBe(1);
  expect(stderr).toContain('must be false where the failure action is Audit');
  const warned = await apply(pod('ghcr.io/org/app:1'), ['--audit-warn', '--warn-exit-code', '7']);
  expect(warned).toMatchObject({ code: 7 });
  expect(warned.stdout).toContain('warn: 1');
});

test('convert writes the policy in another language, or nothing', async () => {
  write('policy.yaml', clusterPolicy);
  const { code, stdout } = await run(['policy', 'convert', 'policy.yaml', '--to', 'policy-controller']);
  expect(code).toBe(0);
  expect(parse(stdout.split('---\n')[0] ?? '')).toMatchObject({
    kind: 'ClusterImagePolicy',
    spec: {
      images: [{ glob: 'ghcr.io/org/**' }],
      authorities: [{ keyless: { identities: [{ issuer: github, subjectRegExp: '^(?s:.*@org\\.com)$' }] } }],
    },
  });
  const refused = await run(['policy', 'convert', 'policy.yaml', '--to', 'connaisseur']);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('POLICY_NOT_CONVERTIBLE');
});

test('lint tells what is ignored, and refuses what is not valid', async () => {
  const extra = '    - {name: labels, match: {any: [{resources: {kinds: [Pod]}}]}, validate: {pattern: {}}}\n';
  write('policy.yaml', clusterPolicy + extra);
  const { code, stdout } = await run(['policy', 'lint', 'policy.yaml']);
  expect(stdout).toContain('ClusterPolicy verify-images: 3 rules\n');
  expect(stdout).toContain('ignored: spec.rules[1].validate rules of the type validate are not about images');
  expect(code).toBe(0);
  write('policy.yaml', clusterPolicy.replace('"ghcr.io/org/*"', '7'));
  expect((await run(['policy', 'lint', 'policy.yaml'])).stderr).toContain('POLICY_INVALID');
  write('policy.yaml', 'a: [');
  expect((await run(['policy', 'lint', 'policy.yaml'])).stderr).toContain('POLICY_FILE_INVALID');
  write('policy.yaml', 'kind: Pod');
  expect((await run(['policy', 'lint', 'policy.yaml'])).stderr).toContain('POLICY_DIALECT_UNKNOWN');
  expect((await run(['policy', 'apply', 'policy.yaml'])).stderr).toContain('CLI_RESOURCE_MISSING');
});

const connaisseur = (key: string): string =>
  connaisseurText(`-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`);

test("Connaisseur's validators alone: an image signed by the key, in either layout, and no other", async () => {
  const key = makeKey();
  write('policy.yaml', connaisseur('...'));
  expect((await apply(pod('ghcr.io/org/app:1'))).stderr).toContain('POLICY_KEY_PLACEHOLDER');
  write('policy.yaml', connaisseur(key.spki.toString('base64')));
  await put({});
  const unsigned = await apply(pod('ghcr.io/org/app:1'));
  expect(unsigned).toMatchObject({ code: 1 });
  expect(unsigned.stdout).toContain('failed to verify image ghcr.io/org/app:1: default: no signatures found');
  await put({ layers: [signLegacy(stack, { digest, kind: 'signature', key, log: 'none' })] });
  expect((await apply(pod('ghcr.io/org/app:1'))).stdout).toContain('Entries of 0 trusted logs were verified');
  await put({ layers: [signLegacy(stack, { digest, kind: 'signature', key: makeKey() })] });
  expect(await apply(pod('ghcr.io/org/app:1'))).toMatchObject({ code: 1 });
  await put({ layers: [signLegacy(stack, { digest, kind: 'signature', key })] });
  const signed = await apply(pod('ghcr.io/org/app:1'));
  expect(signed).toMatchObject({ code: 0 });
  expect(signed.stdout).toContain(`pin shop/Pod/app /spec/containers/0/image to ghcr.io/org/app:1@${digest}`);
  const statement = statementAbout(other.manifest.bytes, { predicateType: signatureType });
  const bundle = signBundle(stack, { artifact: other.manifest.bytes, content: 'statement', statement, key }).bundle;
  await put({ bundles: [bundle] }, '2', other);
  expect(await apply(pod('ghcr.io/org/app:2'))).toMatchObject({ code: 0 });
});

test('keys and certificates of the policy itself stand in for the trusted root', async () => {
  const chain = toPem(stack.authority.intermediate.der) + toPem(stack.authority.root.der);
  const keyless = {
    subject: '*@org.com',
    issuer: github,
    roots: chain,
    rekor: { url: 'https://rekor.example.com', pubkey: stack.log.key.pem },
    ctlog: { pubkey: stack.certificateLog.key.pem },
  };
  const judgeWith = async (fields: object) => {
    const whole = parse(clusterPolicy);
    whole.spec.rules[0].verifyImages[0].attestors[0].entries[0].keyless = fields;
    write('policy.yaml', JSON.stringify(whole));
    write('object.json', pod('ghcr.io/org/app:1'));
    return run(['policy', 'apply', 'policy.yaml', '--resource', 'object.json', '--config', 'config.yaml']);
  };
  await put({ bundles: [signed('dev@org.com')] });
  expect(await judgeWith(keyless)).toMatchObject({ code: 0 });
  const strange = makeStack();
  const root = toPem(strange.authority.root.der);
  for (const change of [
    { roots: root },
    { rekor: { pubkey: strange.log.key.pem } },
    { ctlog: { pubkey: strange.certificateLog.key.pem } },
  ]) {
    expect(await judgeWith({ ...keyless, ...change })).toMatchObject({ code: 1 });
  }
  const tsaCertChain = toPem(stack.timestamps.leaf.der) + toPem(stack.timestamps.root.der);
  const stamped = { ...keyless, rekor: { ignoreTlog: true }, ctlog: { ...keyless.ctlog, tsaCertChain } };
  expect((await judgeWith(stamped)).stdout).toContain('Timestamps of 0 authorities were verified');
  await put({ bundles: [signed('dev@org.com', github, bytes, { log: 'none', timestamped: true })] });
  expect(await judgeWith(stamped)).toMatchObject({ code: 0 });
  expect(await judgeWith(keyless)).toMatchObject({ code: 0 });
});

test("Kyverno's test files: what policies are to say of resources", async () => {
  await put({ bundles: [signed('dev@org.com')] });
  await put({}, '2', other);
  const named = (tag: string): object => {
    const object = JSON.parse(pod(`ghcr.io/org/app:${tag}`));
    return { ...object, metadata: { name: `app-${tag}`, namespace: 'shop' } };
  };
  write(
    'resources.yaml',
    `${JSON.stringify(named('1'))}\n---\n${JSON.stringify(named('2'))}\n---\n${cronJob('ghcr.io/org/app:2')}`,
  );
  const policy = 'verify-images';
  const rule = 'verify-signature';
  const results = [
    { policy, rule, kind: 'Pod', resources: ['app-1'], result: 'pass' },
    { policy, rule, resources: ['shop/app-2'], result: 'fail' },
    { policy, resource: 'job', namespace: 'shop', result: 'fail' },
    { policy, rule: 'other', resources: ['app-1'], result: 'skip' },
  ];
  const file = {
    apiVersion: 'cli.kyverno.io/v1alpha1',
    kind: 'Test',
    metadata: { name: 'images' },
    policies: ['policy.yaml'],
    resources: ['resources.yaml'],
  };
  const runTests = async (more: object) => {
    write('kyverno-test.yaml', JSON.stringify({ ...file, ...more }));
    return run(['policy', 'test', home, '--config', 'config.yaml', '--trusted-root', 'root.json']);
  };
  const good = await runTests({ results });
  expect(good.code).toBe(0);
  expect(good.stdout.split('\n')).toEqual([
    `images (${home}/kyverno-test.yaml)`,
    '  Pass  verify-images  verify-signature  Pod/app-1  Ok',
    '  Pass  verify-images  verify-signature  shop/app-2  Ok',
    '  Pass  verify-images  *  shop/job  Ok',
    '  Pass  verify-images  other  app-1  Excluded',
    'Test Summary: 4 tests passed and 0 tests failed',
    '',
  ]);
  const wrong = [
    { policy, rule, resources: ['app-1'], result: 'fail' },
    { policy, rule, resources: ['nobody'], result: 'pass' },
    { policy, rule: 'other', resources: ['app-1'], result: 'pass' },
  ];
  const bad = await runTests({ results: wrong });
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain('FAIL  verify-images  verify-signature  app-1  Want fail, got pass: verified image');
  expect(bad.stdout).toContain('FAIL  verify-images  verify-signature  nobody  Not found');
  expect(bad.stdout).toContain('Test Summary: 0 tests passed and 3 tests failed');
  expect((await runTests({ results, values: {} })).stderr).toContain('POLICY_INVALID');
  expect((await runTests({ results: [{ policy, resources: ['x'], result: 'maybe' }] })).stderr).toContain(
    'POLICY_INVALID',
  );
  expect((await run(['policy', 'test', temporaryDirectory()])).stderr).toContain('CLI_TESTS_MISSING');
});

test('what makes pods is in the namespace default unless it says so', async () => {
  await put({});
  const { namespace: _, ...metadata } = JSON.parse(pod('x')).metadata;
  const object = { ...JSON.parse(pod('ghcr.io/org/app:1')), metadata };
  expect((await apply(JSON.stringify(object))).stdout).toContain('default/Pod/app');
});
