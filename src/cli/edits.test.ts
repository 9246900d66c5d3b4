import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { testClient } from '../../testkit/client.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import {
  type BuiltImage,
  blobsOf,
  buildImage,
  buildIndex,
  descriptor,
  digestOf,
  dockerArchiveFiles,
  layoutFiles,
  toBlob,
  writeTree,
} from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { buildTar } from '../../testkit/tar.ts';
import { openImagePath } from '../oci/index.ts';
import { runProgram } from './run.ts';

const linux = buildImage({ layers: [[{ path: 'a', content: 'x' }]] });
const windows = buildImage({ layers: [[{ path: 'b' }]], os: 'windows' });
const broken = buildImage({ layers: [], document: { config: { Env: ['broken'] } } });
const index = buildIndex([linux, windows]);
const tar = buildTar([{ path: 'new', content: 'y' }]);

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], input?: Uint8Array): Promise<Answer> {
  const host = makeHost(args, {
    environment: { HOME: temporaryDirectory(), SOURCE_DATE_EPOCH: '1767323045' },
    workingDirectory: files,
    stdin: async function* () {
      if (input !== undefined) yield input;
    },
  });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

let files = '';

async function filled(): Promise<TestRegistry> {
  files = temporaryDirectory();
  writeFileSync(join(files, 'new.tgz'), gzipSync(tar));
  writeFileSync(join(files, 'files.tar'), buildTar([{ path: 'Files/a' }]));
  writeFileSync(join(files, 'text'), 'no tar '.repeat(200));
  const registry = await startRegistry();
  await registry.put('org/app', 'linux', linux);
  await registry.put('org/app', 'windows', windows);
  await registry.put('org/app', 'broken', broken);
  await registry.putManifest('org/app', 'index', index, []);
  const manifest = { ...descriptorsOf(linux), config: { ...descriptor(linux.config), mediaType: 'text/plain' } };
  await registry.putManifest(
    'org/app',
    'artifact',
    toBlob(Buffer.from(JSON.stringify(manifest)), linux.manifest.mediaType),
    [],
  );
  return registry;
}

function descriptorsOf(image: BuiltImage): Json {
  return JSON.parse(image.manifest.bytes.toString()) as Json;
}

/** The documents behind a name that was printed. */
async function stored(printed: string): Promise<{ manifest: Json; config: Json }> {
  const name = printed.trim();
  const manifest = JSON.parse((await run(['manifest', name])).stdout) as Json;
  const config = JSON.parse((await run(['crane', 'config', name])).stdout) as Json;
  return { manifest, config };
}

type Json = Record<string, unknown>;

test('append: a layer of the standard input on an image of an index', async () => {
  const { host } = await filled();
  const line = `append --base ${host}/org/app:index --platform linux/amd64 -f - -t ${host}/new:1 --set-base-image-annotations`;
  const { code, stdout, stderr } = await run(line.split(' '), tar);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^${host}/new@sha256:[0-9a-f]{64}\n$`));
  expect(await stored(stdout)).toMatchObject({
    manifest: {
      annotations: {
        'org.opencontainers.image.base.digest': linux.manifest.digest,
        'org.opencontainers.image.base.name': `${host}/org/app:index`,
      },
    },
    config: { rootfs: { diff_ids: [...linux.tars, tar].map(digestOf) } },
  });
});

test('layers that the registry has elsewhere are mounted, and those of the place itself left', async () => {
  const registry = await filled();
  const { host, seen } = registry;
  const before = seen.length;
  await run(['mutate', '-l', 'a=b', '-t', `${host}/other:1`, `${host}/org/app:linux`]);
  const [layer] = linux.layers;
  const asked = seen.slice(before).map(({ method, path, status }) => `${method} ${decodeURIComponent(path)} ${status}`);
  expect(asked).toContain(`POST /v2/other/blobs/uploads/?mount=${layer?.digest}&from=org/app 201`);
  expect(asked.filter((line) => line.startsWith('GET') && line.includes(layer?.digest ?? '-'))).toEqual([]);
});

test('mutate: in the place of the image, by digest, in another repository', async () => {
  const { host } = await filled();
  const app = `${host}/org/app`;
  const changed = await run(['mutate', '-l', 'a=b', `${app}:linux`]);
  expect(changed.stdout).toBe(`${app}@${(await run(['digest', `${app}:linux`])).stdout}`);
  const byDigest = await run(['mutate', '-l', 'a=b', `${app}@${linux.manifest.digest}`]);
  expect(byDigest.stdout).toBe(changed.stdout);
  const elsewhere = await run(['mutate', '-l', 'a=b', '--repo', `${host}/b`, `${app}@${linux.manifest.digest}`]);
  expect(elsewhere.stdout).toBe(changed.stdout.replace('/org/app@', '/b@'));
});

test.each([
  ['append -f new.tgz', 'CLI_USAGE'],
  ['append -t HOST/new:1', 'CLI_USAGE'],
  ['append -b HOST/org/app:linux --oci-empty-base -f new.tgz -t HOST/new:1', 'CLI_USAGE'],
  ['append -f - -f - -t HOST/new:1', 'CLI_USAGE'],
  ['append -f - -t HOST/new:1 --username me --password-stdin', 'CLI_USAGE'],
  ['append -f missing.tar -t HOST/new:1', 'DISK_NOT_FOUND'],
  ['append -b HOST/org/app:windows -f files.tar -t HOST/new:1', 'OCI_EDIT_REFUSED'],
  ['append -b HOST/org/app:windows -f text -t HOST/new:1', 'CODEC_TAR_INVALID'],
  ['append -f new.tgz -t HOST/NEW:1', 'CORE_REFERENCE_INVALID'],
  ['mutate -a x=y HOST/org/app:index', 'OCI_EDIT_REFUSED'],
  ['mutate -t HOST/a:1 --repo HOST/b HOST/org/app:linux', 'CLI_USAGE'],
  ['mutate --set-platform a/b/c/d HOST/org/app:linux', 'CLI_USAGE'],
  ['mutate --set-platform all HOST/org/app:linux', 'CLI_USAGE'],
  ['mutate HOST/org/app:broken', 'OCI_EDIT_ENV_INVALID'],
  ['mutate HOST/org/app:none', 'OCI_REMOTE_NOT_FOUND'],
  ['rebase HOST/org/app:linux', 'OCI_EDIT_REFUSED'],
  ['rebase --new_base HOST/org/app:linux HOST/org/app:linux', 'OCI_EDIT_REFUSED'],
  ['rebase --original x HOST/org/app:linux', 'CLI_USAGE'],
  ['rebase HOST/org/app:index', 'OCI_EDIT_REFUSED'],
  ['rebase --old_base HOST/org/app:windows --new_base HOST/org/app:windows HOST/org/app:linux', 'OCI_REBASE_MISMATCH'],
  ['flatten HOST/org/app:artifact', 'OCI_EDIT_REFUSED'],
  ['flatten HOST/org/app:none', 'OCI_REMOTE_NOT_FOUND'],
  ['index append', 'CLI_USAGE'],
  ['index append ./new.tgz -m HOST/org/app:linux', 'DISK_UNREADABLE'],
  ['index append HOST/org/app:linux -m HOST/org/app:linux', 'OCI_EDIT_REFUSED'],
  ['index append -t HOST/new:1 -m HOST/org/app:none', 'OCI_REMOTE_NOT_FOUND'],
  ['index filter HOST/org/app:linux --platform linux', 'OCI_EDIT_REFUSED'],
  ['index filter HOST/org/app:index --platform all', 'CLI_USAGE'],
  ['index list HOST/org/app:linux', 'OCI_EDIT_REFUSED'],
  ['index list ./missing', 'DISK_NOT_FOUND'],
  ['index append -t HOST/new:1 -m new.tgz', 'OCI_ARCHIVE_INVALID'],
  ['append -b HOST/org/app@HOST -f new.tgz -t HOST/new:1', 'CORE_REFERENCE_INVALID'],
])('%s is refused', async (line, code) => {
  const { host } = await filled();
  const answer = await run(line.replaceAll('HOST', host).split(' '));
  expect(answer).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
});

test('what a registry gives that is not its digest is not passed on', async () => {
  const registry = await filled();
  registry.fail({ match: /^GET .*blobs/, act: { kind: 'body', body: Buffer.from('{}') } });
  const { code, stdout, stderr } = await run([
    'mutate',
    '-t',
    `${registry.host}/b:1`,
    `${registry.host}/org/app:linux`,
  ]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('[OCI_DIGEST_MISMATCH]');
});

test('layers of a vendor stay where they are unless they are asked for', async () => {
  const { host, putManifest, seen } = await filled();
  const [layer] = linux.layers;
  const manifest = JSON.parse(linux.manifest.bytes.toString()) as { layers: Json[] };
  const type = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
  const bytes = Buffer.from(JSON.stringify({ ...manifest, layers: [{ ...manifest.layers[0], mediaType: type }] }));
  const foreign = { bytes, digest: digestOf(bytes), mediaType: linux.manifest.mediaType };
  await putManifest('org/foreign', '1', foreign, [linux.config, ...linux.layers]);
  const sent = async (...flags: string[]): Promise<boolean> => {
    const before = seen.length;
    await run(['mutate', ...flags, '-t', `${host}/c:1`, `${host}/org/foreign:1`]);
    return seen.slice(before).some(({ path }) => path.includes(`/v2/c/blobs/${layer?.digest}`));
  };
  expect(await sent()).toBe(false);
  expect(await sent('--allow-nondistributable-artifacts')).toBe(true);
});

test('index append: images and indexes of a registry and of files, listed afterwards', async () => {
  const { host } = await filled();
  writeTree(join(files, 'layout'), layoutFiles([{ blob: linux.manifest }], blobsOf(linux)));
  writeFileSync(
    join(files, 'image.tar'),
    buildTar(dockerArchiveFiles([{ image: windows, repoTags: ['w:1'], packed: true }])),
  );
  const args = `index append -m ${host}/org/app:index,layout -m image.tar -m ${host}/org/app:linux -t ${host}/all:1`;
  const { stdout, code, stderr } = await run(args.split(' '));
  expect([code, stderr]).toEqual([0, 'warn: No base was given, and an empty index is used\n']);
  const listed = (await run(['index', 'list', stdout.trim()])).stdout.split('\n').map((line) => line.split(/ +/));
  expect(listed.map(([digest = '', , platform = '']) => `${digest} ${platform}`.trim())).toEqual([
    'Digest Platform',
    `${linux.manifest.digest} linux/amd64`,
    `${windows.manifest.digest} windows/amd64`,
    `${linux.manifest.digest} -`,
    expect.stringMatching(/^sha256:[0-9a-f]{64} windows\/amd64$/),
    `${linux.manifest.digest} linux/amd64`,
    '',
  ]);
  expect((await run(['index', 'list', './layout'])).stdout).toContain(linux.manifest.digest);
});

test('index filter: to another repository with what it keeps, and with nothing else', async () => {
  const { host, seen } = await filled();
  const line = `index filter ${host}/org/app:index --platform linux -t ${host}/b:1`;
  const { code, stdout, stderr } = await run(line.split(' '));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const kept = { manifests: [{ digest: linux.manifest.digest, platform: linux.platform }] };
  expect(JSON.parse((await run(['manifest', stdout.trim()])).stdout)).toMatchObject(kept);
  expect(seen.some(({ path }) => path.includes(`/v2/b/manifests/${windows.manifest.digest}`))).toBe(false);
});

test('an index with entries that are no images stays where it is', async () => {
  const registry = await filled();
  const { host } = registry;
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const platform = { os: 'linux', architecture: 'amd64' };
  const manifests = [{ ...descriptor(toBlob(Buffer.from('note'), 'text/plain')), platform }];
  const mixed = toBlob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests })), mediaType);
  const headers = { 'docker-content-digest': mixed.digest };
  registry.fail({ match: /^GET .*manifests.index$/, act: { kind: 'body', body: mixed.bytes, headers } });
  for (const line of [
    `index filter ${host}/org/app:index --platform linux -t ${host}/b:1`,
    `index append -m ${host}/org/app:index -t ${host}/b:1`,
  ]) {
    expect(await run(line.split(' '))).toMatchObject({ code: 1, stderr: expect.stringContaining('text/plain') });
  }
});

test('rebase: by annotations, on the image that the tag means now', async () => {
  const registry = await filled();
  const { host } = registry;
  await registry.put('base', '1', linux);
  await run(`append -b ${host}/base:1 -f new.tgz -t ${host}/app:1 --set-base-image-annotations`.split(' '));
  const newer = buildImage({ layers: [[{ path: 'newer' }]] });
  await registry.put('base', '1', newer);
  const { code, stdout, stderr } = await run(['rebase', `${host}/app:1`]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(await stored(stdout)).toMatchObject({
    manifest: { annotations: { 'org.opencontainers.image.base.digest': newer.manifest.digest } },
    config: { rootfs: { diff_ids: [...newer.tars, tar].map(digestOf) } },
  });
  expect((await run(['rebase', `${host}/app:1`])).stderr).toContain('The image stays as it is');
});

test('index append: into a local layout, which is made where it is not there', async () => {
  const { host } = await filled();
  const args = ['index', 'append', './layout', '-m', `${host}/org/app:linux`];
  expect(await run(args)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await run([...args, '-m', `${host}/org/app:windows`])).toEqual({ code: 0, stdout: '', stderr: '' });
  const index = JSON.parse(readFileSync(join(files, 'layout/index.json'), 'utf8')) as { manifests: Json[] };
  expect(index.manifests).toMatchObject([
    { digest: linux.manifest.digest, platform: linux.platform },
    { digest: linux.manifest.digest, platform: linux.platform },
    { digest: windows.manifest.digest, platform: windows.platform },
  ]);
});

test.each([
  ['append -b HOST/org/app:linux -f new.tgz -t HOST/new:1 -o out.tar', [...linux.tars, tar]],
  ['mutate --append new.tgz -l a=b -o out.tar HOST/org/app:linux', [...linux.tars, tar]],
  ['mutate -l a=b --repo HOST/new -o out.tar HOST/org/app:linux', linux.tars],
])('%s writes a docker archive and sends nothing', async (line, tars) => {
  const { host, seen } = await filled();
  const answer = await run(line.replaceAll('HOST', host).split(' '));
  expect(answer).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(seen.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  const image = await openImagePath(join(files, 'out.tar'));
  expect(image.config.diffIds).toEqual(tars.map(digestOf));
  for (const layer of image.layers) await readAll(layer.open(undefined));
  await image.close();
});

test('flatten: one layer with what the file system shows, at the time that is told', async () => {
  const registry = await filled();
  const { host } = registry;
  const layers = [
    [
      { path: 'kept', content: '1' },
      { path: 'gone', content: '2' },
    ],
    [{ path: '.wh.gone' }, { path: 'new', content: '3' }],
  ];
  const image = buildImage({ layers });
  await registry.put('org/app', 'layers', image);
  const flat = await run(['flatten', `${host}/org/app:layers`, '-t', `${host}/flat:1`]);
  expect({ code: flat.code, stderr: flat.stderr }).toEqual({ code: 0, stderr: '' });
  const { config, manifest } = await stored(flat.stdout);
  expect(config).toMatchObject({
    created: '2026-01-02T03:04:05Z',
    history: [{ created: '2026-01-02T03:04:05Z', created_by: `plimsoll flatten ${image.manifest.digest}` }],
  });
  const [layer] = manifest['layers'] as [{ digest: string }];
  const bytes = await testClient()
    .repository({ registry: host, repository: 'flat' })
    .readBlob({ digest: layer.digest as `sha256:${string}` }, 1e6);
  const unpacked = gunzipSync(bytes);
  expect(config).toMatchObject({ rootfs: { diff_ids: [digestOf(unpacked)] } });
  expect(unpacked.toString('latin1')).toMatch(/^new\0(.|\n)*kept\0/);
  expect(unpacked.toString('latin1')).not.toContain('gone');
  expect((await run(['flatten', `${host}/org/app:layers`, '-t', `${host}/flat:2`])).stdout).toBe(flat.stdout);
});

test('flatten: all images of an index, without evidence of their builds', async () => {
  const registry = await filled();
  const { host } = registry;
  const evidence = { ...linux, platform: { os: 'unknown', architecture: 'unknown' } };
  const three = buildIndex([linux, windows, evidence]);
  await registry.putManifest('org/app', 'three', three, []);
  const { stdout, code } = await run(['flatten', `${host}/org/app@${three.digest}`]);
  expect(code).toBe(0);
  const { manifests } = JSON.parse((await run(['manifest', stdout.trim()])).stdout) as { manifests: Json[] };
  expect(manifests.map(({ platform }) => platform)).toEqual([linux.platform, windows.platform]);
  const name = `${host}/org/app@${manifests[0]?.['digest']}`;
  expect((await stored(name)).manifest['layers']).toHaveLength(1);
});

test('the configuration of an artifact stays as it is, and that is told', async () => {
  const { host } = await filled();
  const { code, stdout, stderr } = await run(['mutate', '-l', 'a=b', '-t', `${host}/b:1`, `${host}/org/app:artifact`]);
  expect([code, stderr]).toEqual([0, "warn: The configuration is no image's, and stays as it is\n"]);
  expect((await stored(stdout)).config).toEqual(JSON.parse(linux.config.bytes.toString()));
});
