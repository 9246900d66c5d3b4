import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { blobsOf, buildImage, descriptor, layoutFiles, writeTree } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { bundleManifest, legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy, type TestLegacyLayer } from '../../testkit/sigstore/legacy.ts';
import { makeStack, type SignRequest, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import type { SigstoreBundle } from '../envelope/index.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const key = makeKey();
const image = buildImage({ layers: [[{ path: 'a' }]] });
const { digest, bytes } = image.manifest;
const signatureType = 'https://sigstore.dev/cosign/sign/v1';

/** A bundle about the image: a signature unless another type is given. */
function about(sign: Partial<SignRequest> = {}, predicateType = signatureType): SigstoreBundle {
  const statement = statementAbout(bytes, { predicateType });
  return signBundle(stack, { artifact: bytes, content: 'statement', statement, ...sign }).bundle;
}

async function signed(bundles: readonly (SigstoreBundle | Buffer)[], layers: readonly TestLegacyLayer[] = []) {
  const registry = await startRegistry();
  await registry.put('app', '1', image);
  for (const bundle of bundles) {
    const { manifest, blobs } = bundleManifest(image.manifest, bundle);
    await registry.putManifest('app', manifest.digest, manifest, blobs);
  }
  for (const suffix of ['sig', 'att'] as const) {
    const own = layers.filter(({ mediaType }) => mediaType.includes('dsse') === (suffix === 'att'));
    const { manifest, blobs } = legacyManifest(own);
    if (own.length > 0) await registry.putManifest('app', legacyTag(image.manifest, suffix), manifest, blobs);
  }
  return registry;
}

const directory = (): { at: (name: string) => string; home: string } => {
  const home = temporaryDirectory();
  const at = (name: string): string => join(home, name);
  writeFileSync(at('root.json'), stack.trustedRoot());
  writeFileSync(at('key.pub'), key.pem);
  return { at, home };
};

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const { at, home } = directory();
  const named = args.map((word) => (/^(root\.json|key\.pub)$/.test(word) ? at(word) : word));
  const host = makeHost(named, { environment: { HOME: home, ...environment } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

const keyed = ['--key', 'key.pub', '--trusted-root', 'root.json'];
const keyless = [
  ...['--certificate-identity', 'user@example.com', '--certificate-oidc-issuer', 'https://issuer.example.com'],
  ...['--trusted-root', 'root.json'],
];
const name = ({ host }: TestRegistry, tag = '1'): string => `${host}/app:${tag}`;

test('a bundle beside an image tells who signed it, when and by which log', async () => {
  const registry = await signed([about()]);
  const { code, stdout, stderr } = await run(['verify', ...keyless, name(registry)]);
  expect(code).toBe(0);
  expect(stderr).toContain(`Verification for ${registry.host}/app@${digest} --`);
  expect(JSON.parse(stdout)).toMatchObject([
    {
      critical: {
        identity: { 'docker-reference': `${registry.host}/app@${digest}` },
        image: { 'docker-manifest-digest': digest },
        type: signatureType,
      },
      Plimsoll: {
        signer: { names: [{ value: 'user@example.com' }] },
        times: [{ source: 'log' }],
        logs: [{ url: 'https://rekor.example.com' }],
        layout: 'bundle',
      },
    },
  ]);
  const theirs = await run(['cosign', 'verify', ...keyless, name(registry)]);
  expect(Object.keys(JSON.parse(theirs.stdout)[0])).toEqual(['critical', 'optional']);
});

test('a signature in the older layout, with its annotations, in lines of text', async () => {
  const layer = signLegacy(stack, { digest, kind: 'signature', key, annotations: { env: 'prod' } });
  const registry = await signed([], [layer]);
  const words = ['cosign', 'verify', ...keyed, '-o', 'text', '-a', 'env=prod', name(registry)];
  const { code, stdout } = await run(words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ ...JSON.parse(layer.blob.toString()), optional: { env: 'prod' } });
  expect(await run(['cosign', 'verify', ...keyed, '-a', 'env=dev', name(registry)])).toMatchObject({ code: 12 });
  expect((await run(['verify', ...keyed, '-a', 'env', name(registry)])).stderr).toContain('CLI_ANNOTATION_INVALID');
});

test('both layouts are looked at together', async () => {
  const legacy = signLegacy(stack, { digest, kind: 'signature', key });
  const registry = await signed([about({ key: makeKey() })], [legacy]);
  expect(await run(['verify', ...keyed, name(registry)])).toMatchObject({ code: 0 });
});

test('an attestation is no signature, but under the name cosign', async () => {
  const registry = await signed([about({ key }, 'https://example.com/predicate')]);
  const refused = await run(['verify', ...keyed, name(registry)]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(await run(['cosign', 'verify', ...keyed, name(registry)])).toMatchObject({ code: 0 });
});

test('attestations of the type asked for are printed', async () => {
  const type = ['--type', 'https://example.com/predicate'];
  const legacy = signLegacy(stack, { digest, kind: 'attestation', key });
  const registry = await signed([about({ key }), about({ key }, 'https://example.com/predicate')], [legacy]);
  const { code, stdout } = await run(['verify-attestation', ...keyed, ...type, name(registry)]);
  expect(code).toBe(0);
  const types = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(Buffer.from(JSON.parse(line).payload, 'base64').toString()).predicateType);
  expect(types).toEqual(['https://example.com/predicate', 'https://example.com/predicate']);
  const other = await run(['cosign', 'verify-attestation', ...keyed, '--type', 'spdx', name(registry)]);
  expect(other.code).toBe(1);
  expect(other.stderr).toContain('no matching attestations: ');
});

test('a policy in CEL must be true of every attestation of the type', async () => {
  const type = 'https://example.com/predicate';
  const registry = await signed([about({ key }, type), about({ key })]);
  const words = ['verify-attestation', ...keyed, '--type', type];
  const policy = (text: string, extension = 'cel'): string[] => {
    const path = join(temporaryDirectory(), `policy.${extension}`);
    writeFileSync(path, text);
    return ['--policy', path];
  };
  const good = policy(`predicateType == "${type}"`);
  expect(await run([...words, ...good, name(registry)])).toMatchObject({ code: 0 });
  expect(await run(['cosign', ...words, ...good, name(registry)])).toMatchObject({ code: 0 });
  const refused = await run([...words, ...good, ...policy('has(predicate.missing)'), name(registry)]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('it is false');
  const [first, second] = [policy('has(predicate.missing)'), policy('has(predicate.absent)')];
  const twice = await run([...words, ...first, ...second, name(registry)]);
  expect(twice.stderr).toContain(first[1]);
  const seen = registry.seen.length;
  for (const [flags, told] of [
    [policy('package x', 'rego'), 'Rego is not supported yet'],
    [policy('a: 1', 'cue'), 'CUE is not supported yet'],
    [policy('true', 'txt'), 'CLI_POLICY_LANGUAGE'],
    [policy('a =='), 'VERIFY_CONDITION_INVALID'],
    [['--policy', 'nowhere.cel'], 'DISK_'],
  ] as const) {
    const { code, stdout, stderr } = await run([...words, ...flags, name(registry)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(told);
  }
  expect(registry.seen).toHaveLength(seen);
});

test('signers are counted, and the same one once', async () => {
  const registry = await signed([about(), about(), about({ key })]);
  expect(await run(['verify', ...keyless, '--signers', '1', name(registry)])).toMatchObject({ code: 0 });
  expect(await run(['verify', ...keyless, '--signers', '2', name(registry)])).toMatchObject({ code: 1, stdout: '' });
});

test.each([
  ['no evidence', 'cosign', [], [], '1', 10, 'no signatures found'],
  ['no evidence', 'plimsoll', [], [], '1', 1, 'CLI_NO_SIGNATURES'],
  ['no tag', 'cosign', [], [], 'other', 11, 'image tag not found: '],
  ['no tag', 'plimsoll', [], [], 'other', 1, 'CLI_IMAGE_TAG_NOT_FOUND'],
  [
    'a legacy signature by another key',
    'cosign',
    [],
    [signLegacy(stack, { digest, kind: 'signature', key: makeKey() })],
    '1',
    12,
    'no matching signatures: ',
  ],
  [
    'a legacy signature by another key',
    'plimsoll',
    [],
    [signLegacy(stack, { digest, kind: 'signature', key: makeKey() })],
    '1',
    1,
    'CLI_NO_MATCHING_SIGNATURES',
  ],
  ['a bundle by another key', 'cosign', [about({ key: makeKey() })], [], '1', 1, 'no matching attestations: '],
  ['a bundle by another key', 'plimsoll', [about({ key: makeKey() })], [], '1', 1, 'CLI_NO_MATCHING_ATTESTATIONS'],
  ['a bundle that is none', 'cosign', [Buffer.from('{}')], [], '1', 1, 'no matching attestations: '],
] as const)('%s, under the name %s', async (_, program, bundles, layers, tag, code, told) => {
  const registry = await signed(bundles, layers);
  const found = await run([...(program === 'cosign' ? ['cosign'] : []), 'verify', ...keyed, name(registry, tag)]);
  expect({ code: found.code, stdout: found.stdout }).toEqual({ code, stdout: '' });
  expect(found.stderr).toContain(told);
});

test('evidence may be in another repository', async () => {
  const registry = await signed([]);
  const { manifest, blobs } = bundleManifest(image.manifest, about({ key }));
  await registry.putManifest('signatures', manifest.digest, manifest, blobs);
  const environment = { COSIGN_REPOSITORY: `${registry.host}/signatures` };
  expect(await run(['verify', ...keyed, name(registry)], environment)).toMatchObject({ code: 0 });
});

test('a mirror has the evidence of what it has', async () => {
  const registry = await signed([about({ key })]);
  const { at, home } = directory();
  writeFileSync(at('config.yaml'), `registry:\n  mirrors:\n    ghcr.io: ["http://${registry.host}"]\n`);
  const words = ['--config', at('config.yaml'), '--key', at('key.pub'), '--trusted-root', at('root.json')];
  const host = makeHost(['verify', ...words, 'ghcr.io/app:1'], { environment: { HOME: home } });
  const code = await runProgram(host);
  expect({ code, text: host.stderr.text() }).toMatchObject({ code: 0 });
  expect(JSON.parse(host.stdout.text())[0].critical.identity['docker-reference']).toBe(`ghcr.io/app@${digest}`);
});

test('more than a thousand referrers are not looked at', async () => {
  const registry = await signed([]);
  const list = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: Array(1001).fill(descriptor(image.manifest)),
  };
  const headers = { 'content-type': list.mediaType };
  registry.fail({ match: /referrers/, act: { kind: 'body', body: Buffer.from(JSON.stringify(list)), headers } });
  expect((await run(['verify', ...keyed, name(registry)])).stderr).toContain('EVIDENCE_TOO_MUCH');
});

/** A directory as `cosign save` writes it, with the image, a bundle beside it and legacy signatures. */
function saved(bundle: SigstoreBundle | undefined, layers: readonly TestLegacyLayer[]): string {
  const path = temporaryDirectory();
  const legacy = legacyManifest(layers);
  const beside = bundle === undefined ? undefined : bundleManifest(image.manifest, bundle);
  const blobs = [...blobsOf(image), ...[legacy, beside].flatMap((one) => (one ? [one.manifest, ...one.blobs] : []))];
  writeTree(path, layoutFiles([{ blob: image.manifest }], blobs));
  const kind = (value: string) => ({ annotations: { kind: `dev.cosignproject.cosign/${value}` } });
  const manifests = [
    { ...descriptor(image.manifest), ...kind('image') },
    ...(layers.length > 0 ? [{ ...descriptor(legacy.manifest), ...kind('sigs') }] : []),
  ];
  writeFileSync(join(path, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  return path;
}

test('a saved directory is verified, in both layouts', async () => {
  const layer = signLegacy(stack, { digest, kind: 'signature', key });
  for (const path of [saved(about({ key }), []), saved(undefined, [layer])]) {
    expect(await run(['verify', '--local-image', ...keyed, path])).toMatchObject({ code: 0 });
  }
  expect(await run(['cosign', 'verify', '--local-image', ...keyed, saved(undefined, [])])).toMatchObject({ code: 10 });
});

test('a directory that is none, or was changed, is refused', async () => {
  const empty = temporaryDirectory();
  const several = saved(undefined, []);
  const other = buildImage({ layers: [[{ path: 'other' }]] });
  const manifests = [descriptor(image.manifest), descriptor(other.manifest)];
  writeFileSync(join(several, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  for (const path of [empty, several]) {
    expect((await run(['verify', '--local-image', ...keyed, path])).stderr).toContain('EVIDENCE_LAYOUT_INVALID');
  }
  const tampered = saved(undefined, [signLegacy(stack, { digest, kind: 'signature', key })]);
  const manifest = legacyManifest([signLegacy(stack, { digest, kind: 'signature', key: makeKey() })]);
  const index = {
    schemaVersion: 2,
    manifests: [
      descriptor(image.manifest),
      { ...descriptor(manifest.manifest), annotations: { kind: 'dev.cosignproject.cosign/sigs' } },
    ],
  };
  writeFileSync(join(tampered, 'index.json'), JSON.stringify(index));
  writeFileSync(join(tampered, 'blobs/sha256', manifest.manifest.digest.slice(7)), 'another manifest');
  expect((await run(['verify', '--local-image', ...keyed, tampered])).stderr).toContain('EVIDENCE_LAYOUT_INVALID');
});

test('cosign verify --rekor-url without an identity says which flags to add, and asks nobody', async () => {
  const registry = await signed([]);
  const seen = registry.seen.length;
  const words = ['cosign', 'verify', '--rekor-url=https://rekor.sigstore.dev', name(registry)];
  const { code, stderr } = await run(words);
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual([
    'Flag --rekor-url has been deprecated, please use --bundle, which includes the Rekor inclusion proof',
    'Error: --certificate-identity or --certificate-identity-regexp is required for verification in keyless mode',
    'error during command execution: --certificate-identity or --certificate-identity-regexp is required for verification in keyless mode',
    '',
  ]);
  expect(registry.seen).toHaveLength(seen);
});

test('claims cannot be left unchecked, and old words for an ignored log are understood', async () => {
  const registry = await signed([about({ key, log: 'none' })]);
  expect((await run(['verify', ...keyed, '--check-claims=false', name(registry)])).stderr).toContain(
    'CLI_CLAIMS_UNCHECKED',
  );
  expect(await run(['cosign', 'verify', ...keyed, '--private-infrastructure', name(registry)])).toMatchObject({
    code: 0,
  });
});

test('it is not said of a log that was not asked for that it was', async () => {
  const { host } = await signed([], [signLegacy(stack, { digest, kind: 'signature', key })]);
  const asked = await run(['verify', ...keyed, `${host}/app:1`]);
  const ignored = await run(['verify', ...keyed, '--insecure-ignore-tlog', `${host}/app:1`]);
  expect([asked.code, ignored.code]).toEqual([0, 0]);
  expect(asked.stderr).toContain('transparency log was verified');
  expect(ignored.stderr).not.toContain('transparency log was verified');
});
