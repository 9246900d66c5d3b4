import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { buildEvidencedIndex, evidenceTag, putEvidencedIndex, referrerOf } from '../../testkit/evidence.ts';
import { makeHost } from '../../testkit/host.ts';
import { type BuiltBlob, buildImage, descriptor, toBlob } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { bundleManifest, legacyManifest } from '../../testkit/sigstore/attach.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { signLegacy } from '../../testkit/sigstore/legacy.ts';
import { makeStack, signBundle, statementAbout } from '../../testkit/sigstore/stack.ts';
import { runProgram } from './run.ts';

const stack = makeStack();
const key = makeKey();
const image = buildImage({ layers: [[{ path: 'a' }]] });
const { digest } = image.manifest;
const signatureType = 'https://sigstore.dev/cosign/sign/v1';

async function run(args: readonly string[], answer = '') {
  const stdin = async function* () {
    yield Buffer.from(answer);
  };
  const host = makeHost(args, { environment: { HOME: temporaryDirectory() }, stdin });
  const code = await runProgram(host);
  return { code, stdout: host.stdout.text(), stderr: host.stderr.text() };
}

function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function bundleOf(predicateType: string) {
  const artifact = image.manifest.bytes;
  const statement = statementAbout(artifact, { predicateType });
  return bundleManifest(image.manifest, signBundle(stack, { artifact, content: 'statement', statement, key }).bundle);
}

/** An image with evidence of both layouts. */
async function evidenced(): Promise<TestRegistry & { readonly name: string }> {
  const registry = await startRegistry();
  await registry.put('app', '1', image);
  for (const { manifest, blobs } of [bundleOf(signatureType), bundleOf('https://example.com/p')]) {
    await registry.putManifest('app', manifest.digest, manifest, blobs);
  }
  const legacy: Record<string, readonly Parameters<typeof legacyManifest>[0][number][]> = {
    sig: [signLegacy(stack, { digest, kind: 'signature' })],
    att: [signLegacy(stack, { digest, kind: 'attestation', key })],
    sbom: [{ mediaType: 'text/spdx+json', annotations: {}, blob: Buffer.from('{"spdxVersion":"SPDX-2.3"}') }],
  };
  for (const suffix of ['sig', 'att', 'sbom'] as const) {
    const { manifest, blobs } = legacyManifest(legacy[suffix] ?? []);
    await registry.putManifest('app', evidenceTag(image.manifest, suffix), manifest, blobs);
  }
  return { ...registry, name: `${registry.host}/app:1` };
}

test('tree shows variants, evidence, and evidence of evidence, each under what it speaks of', async () => {
  const registry = await startRegistry();
  const whole = buildEvidencedIndex();
  await putEvidencedIndex(registry, 'app', '1', whole);
  const { code, stdout } = await run(['tree', `${registry.host}/app:1`]);
  expect(code).toBe(0);
  const [amd, arm] = whole.images;
  const [signed, sbom, note] = whole.referrers.map(({ manifest }) => manifest.digest);
  const marks = stdout.split('\n').map((line) => line.replace(/ \d+ bytes$/, ''));
  expect(marks[0]).toBe(`${registry.host}/app:1 ${whole.index.digest}`);
  expect(marks).toContain(`├── variant linux/amd64 ${amd.manifest.digest}`);
  expect(marks).toContain(`│   ├── sbom ${evidenceTag(amd.manifest, 'sbom')}`);
  expect(marks).toContain(`│   └── referrer application/spdx+json ${sbom}`);
  expect(marks).toContain(`│       └── referrer application/vnd.example+json ${note}`);
  expect(marks).toContain(`├── variant linux/arm64 ${arm.manifest.digest}`);
  expect(marks).toContain(`└── referrer ${signatureType} ${signed}`);
  const { root } = JSON.parse((await run(['tree', '--format', 'json', `${registry.host}/app:1`])).stdout);
  expect(root.children.map(({ kind }: { kind: string }) => kind)).toEqual([
    'variant',
    'variant',
    'signature',
    'referrer',
  ]);
});

test('tree of cosign: tags and referrers of the image itself, or that there are none', async () => {
  const { name, host } = await evidenced();
  const { stdout } = await run(['cosign', 'tree', name]);
  expect(stdout.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
    `📦 Supply Chain Security Related artifacts for an image: ${name}`,
    ...['🔐 Signatures:sig', '📦 SBOMs:sbom', '💾 Attestations:att'].map((text) => {
      const [title, suffix] = text.split(':') as [string, 'sig' | 'att' | 'sbom'];
      return `└── ${title} for an image tag: ${host}/app:${evidenceTag(image.manifest, suffix)}`;
    }),
    ...[bundleOf(signatureType), bundleOf('https://example.com/p')].map(() =>
      expect.stringMatching(/^└── 🔗 .* artifacts via OCI referrer: .*@sha256:/),
    ),
    '',
  ]);
  expect(stdout).toMatch(/\n {3}└── 🍒 sha256:[0-9a-f]{64}\n/);
  const tagsOnly = await run(['cosign', 'tree', '--experimental-oci11=false', name]);
  expect(tagsOnly.stdout).not.toContain('🔗');
  const bare = await startRegistry();
  await bare.put('app', '1', image);
  expect((await run(['cosign', 'tree', `${bare.host}/app:1`])).stdout).toContain(
    'No Supply Chain Security Related Artifacts found for image',
  );
});

test('what an index claims of BuildKit makes no loops, and hides nothing', async () => {
  const registry = await startRegistry();
  const attested = (of: string): BuiltBlob => referrerOf(image.manifest, `attests ${of}`).manifest;
  const marked = (blob: BuiltBlob, of: string) => ({
    ...descriptor(blob),
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': of },
  });
  const [first, second, third] = [attested('1'), attested('2'), attested('3')];
  const manifests = [
    { ...descriptor(image.manifest), platform: image.platform },
    marked(first, second.digest),
    marked(second, first.digest),
    marked(third, digest),
  ];
  const type = 'application/vnd.oci.image.index.v1+json';
  const index = toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, manifests })), type);
  await registry.put('app', 'x', image);
  for (const text of ['1', '2', '3']) {
    const { manifest, blobs } = referrerOf(image.manifest, `attests ${text}`);
    await registry.putManifest('app', manifest.digest, manifest, blobs);
  }
  await registry.putManifest('app', '1', index, []);
  // The image claims to be its own signature.
  await registry.putManifest('app', evidenceTag(index, 'sig'), index, []);
  const { code, stdout } = await run(['tree', `${registry.host}/app:1`]);
  expect(code).toBe(0);
  expect(stdout).toContain(`│   └── attestation of BuildKit ${third.digest}`);
  expect(stdout).toContain(`├── attestation of BuildKit ${first.digest}`);
  expect(stdout).toContain(`├── attestation of BuildKit ${second.digest}`);
});

test('triangulate tells tags, and asks nobody when it knows the digest', async () => {
  const { name, host, seen } = await evidenced();
  const tag = (suffix: 'sig' | 'att' | 'sbom') => `${host}/app:${evidenceTag(image.manifest, suffix)}\n`;
  expect((await run(['triangulate', name])).stdout).toBe(tag('sig'));
  expect((await run(['triangulate', '--type', 'attestation', name])).stdout).toBe(tag('att'));
  expect((await run(['triangulate', '--type', 'digest', name])).stdout).toBe(`${host}/app@${digest}\n`);
  const { stdout, stderr } = await run(['cosign', 'triangulate', '--type', 'sbom', name]);
  expect(stdout).toBe(tag('sbom'));
  expect(stderr).toContain('WARNING: SBOM attachments are deprecated');
  expect((await run(['triangulate', '--type', 'other', name])).stderr).toContain('CLI_ATTACHMENT_UNKNOWN');
  const before = seen.length;
  const elsewhere = ['--repository', `${host}/signatures`, `${host}/app@${digest}`];
  expect((await run(['triangulate', ...elsewhere])).stdout).toContain(`${host}/signatures:`);
  expect(seen.length).toBe(before);
});

test('signatures are downloaded from both layouts; under the name cosign from bundles first', async () => {
  const { name, host } = await evidenced();
  const ours = linesOf((await run(['download', 'signature', name])).stdout);
  expect(ours).toHaveLength(2);
  expect(ours[0]).toHaveProperty('dsseEnvelope');
  expect(Object.keys(ours[1] ?? {})).toEqual([
    'Base64Signature',
    'Payload',
    'Cert',
    'Chain',
    'Bundle',
    'RFC3161Timestamp',
  ]);
  expect(ours[1]).toMatchObject({ Cert: { Raw: expect.any(String) }, Bundle: { Payload: expect.anything() } });
  const theirs = linesOf((await run(['cosign', 'download', 'signature', name])).stdout);
  expect(theirs.map((one) => Object.keys(one)[0])).toEqual(['mediaType', 'mediaType']);
  const bare = await startRegistry();
  await bare.put('app', '1', image);
  const none = await run(['cosign', 'download', 'signature', `${bare.host}/app:1`]);
  expect(none.code).toBe(1);
  expect(none.stderr).toContain(`Error: ${bare.host}/app:1: no signatures associated\n`);
  expect((await run(['download', 'signature', `${bare.host}/app:1`])).stderr).toContain('CLI_EVIDENCE_MISSING');
  const beside = ['--repository', `${host}/app`];
  const other = await startRegistry();
  await other.put('app', '1', image);
  expect(linesOf((await run(['download', 'signature', ...beside, `${other.host}/app:1`])).stdout)).toHaveLength(2);
});

test('attestations are downloaded from both layouts, all or of one type', async () => {
  const { name } = await evidenced();
  const typesOf = async (...args: string[]) =>
    linesOf((await run(['download', 'attestation', ...args, name])).stdout).map((one) => Object.keys(one)[0]);
  expect(await typesOf()).toEqual(['mediaType', 'payloadType']);
  expect(await typesOf('--predicate-type', 'https://example.com/p')).toEqual(['mediaType']);
  expect(await typesOf('--predicate-type', 'https://example.com/predicate')).toEqual(['payloadType']);
  expect(linesOf((await run(['cosign', 'download', 'attestation', name])).stdout)).toHaveLength(3);
  const none = await run(['cosign', 'download', 'attestation', '--predicate-type', 'spdx', name]);
  expect(none.code).toBe(1);
  expect(none.stderr).toContain("Error: no attestations with predicate type 'https://spdx.dev/Document' found\n");
});

test('what BuildKit attested is downloaded, of all images or of one', async () => {
  const registry = await startRegistry();
  const config = toBlob(Buffer.from('{}'), 'application/vnd.oci.image.config.v1+json');
  const statement = toBlob(
    Buffer.from('{"predicateType":"https://slsa.dev/provenance/v1"}'),
    'application/vnd.in-toto+json',
  );
  const annotations = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v1' };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const layers = [{ ...descriptor(statement), annotations }];
  const manifest = toBlob(
    Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config: descriptor(config), layers })),
    mediaType,
  );
  const other = buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' });
  const type = 'application/vnd.oci.image.index.v1+json';
  const manifests = [
    { ...descriptor(image.manifest), platform: image.platform },
    { ...descriptor(other.manifest), platform: other.platform },
    {
      ...descriptor(manifest),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': digest },
    },
  ];
  const index = toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, manifests })), type);
  await registry.put('app', 'a', image);
  await registry.put('app', 'b', other);
  await registry.putManifest('app', manifest.digest, manifest, [config, statement]);
  await registry.putManifest('app', '1', index, []);
  const found = async (...args: string[]) =>
    linesOf((await run(['download', 'attestation', ...args, `${registry.host}/app:1`])).stdout);
  expect(await found()).toEqual([{ predicateType: 'https://slsa.dev/provenance/v1' }]);
  expect(await found('--platform', 'linux/amd64', '--predicate-type', 'slsaprovenance1')).toHaveLength(1);
  expect(await found('--platform', 'linux/arm64')).toEqual([]);
});

test('an SBOM is downloaded as it was attached', async () => {
  const { name, host, putManifest } = await evidenced();
  const { stdout, stderr } = await run(['cosign', 'download', 'sbom', name]);
  expect(stdout).toBe('{"spdxVersion":"SPDX-2.3"}');
  expect(stderr).toContain('Found SBOM of media type: text/spdx+json\n');
  for (const text of ['first', 'second']) {
    const { manifest, blobs } = referrerOf(image.manifest, text, { type: 'application/vnd.cyclonedx+json' });
    await putManifest('app', manifest.digest, manifest, blobs);
  }
  const several = await run(['download', 'sbom', name]);
  expect(['first', 'second']).toContain(several.stdout);
  expect(several.stderr).toContain('There are several SBOMs');
  const other = await startRegistry();
  await other.put('app', '1', image);
  expect((await run(['download', 'sbom', `${other.host}/app:1`])).stderr).toContain('no sbom attached to reference');
  expect(host).toContain('127.0.0.1');
});

async function rest(name: string): Promise<string[]> {
  const { root } = JSON.parse((await run(['tree', '--format', 'json', name])).stdout);
  return root.children.map(({ kind }: { kind: string }) => kind);
}

test.each([
  ['signature', ['attestation', 'sbom', 'referrer', 'referrer']],
  ['attestation', ['signature', 'sbom', 'referrer', 'referrer']],
  ['sbom', ['signature', 'attestation', 'referrer', 'referrer']],
  ['referrer', ['signature', 'attestation', 'sbom']],
  ['all', []],
])('clean --type %s removes that and nothing else', async (type, left) => {
  const { name } = await evidenced();
  const { code, stderr } = await run(['cosign', 'clean', '-f', '--type', type, name]);
  expect(code).toBe(0);
  expect(stderr).toMatch(new RegExp(`Removed .* from ${name}\n`));
  expect(await rest(name)).toEqual(left);
});

test('clean asks before, and leaves what is no signature', async () => {
  const { name, putManifest } = await evidenced();
  const declined = await run(['cosign', 'clean', name], 'n\n');
  expect(declined.code).toBe(1);
  expect(declined.stderr).toContain(
    'WARNING: this will remove all signatures, SBOMs and attestations from the image\n',
  );
  expect(await rest(name)).toHaveLength(5);
  const { manifest, blobs } = referrerOf(image.manifest, 'chart');
  await putManifest('app', manifest.digest, manifest, blobs);
  expect((await run(['clean-evidence', name], 'y\n')).code).toBe(0);
  expect(await rest(name)).toEqual(['referrer']);
});

test('a registry that deletes by digest only is asked by digest, and one that does not delete is told of', async () => {
  const first = await evidenced();
  const refused = { kind: 'status', status: 400, body: '{}' } as const;
  first.fail({ match: /DELETE .*manifests\/sha256-/, act: refused });
  expect((await run(['clean-evidence', '-f', '--type', 'signature', first.name])).code).toBe(0);
  expect(await rest(first.name)).not.toContain('signature');
  const second = await evidenced();
  second.fail({ match: /DELETE/, act: { kind: 'status', status: 405, body: '{}' } });
  const { code, stderr } = await run(['clean-evidence', '-f', second.name]);
  expect(code).toBe(1);
  expect(stderr).toContain('could not delete');
  expect((await run(['cosign', 'clean', '-f', second.name])).code).toBe(0);
});

test('what is saved is verified and loaded again, with all its evidence', async () => {
  const { name, host } = await evidenced();
  const directory = join(temporaryDirectory(), 'saved');
  expect(await run(['cosign', 'save', '--dir', directory, name])).toEqual({ code: 0, stdout: '', stderr: '' });
  const index = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8'));
  const kinds = index.manifests.flatMap((entry: { annotations?: { kind?: string } }) => entry.annotations?.kind ?? []);
  expect(kinds.sort()).toEqual(['atts', 'image', 'sigs'].map((kind) => `dev.cosignproject.cosign/${kind}`));
  expect(await run(['load', '--dir', directory, `${host}/loaded:1`])).toMatchObject({ code: 0 });
  expect(await rest(`${host}/loaded:1`)).toEqual(['signature', 'attestation', 'sbom', 'referrer', 'referrer']);
  expect((await run(['cosign', 'save', name])).stderr).toContain('Error: required flag(s) "dir" not set\n');
  expect((await run(['load', name])).stderr).toContain('CLI_DIRECTORY_MISSING');
});
