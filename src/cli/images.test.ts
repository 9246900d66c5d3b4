import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { makeHost } from '../../testkit/host.ts';
import { blobsOf, buildImage, buildIndex, dockerArchiveFiles, layoutFiles, writeTree } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { buildTar } from '../../testkit/tar.ts';
import { openImagePath } from '../oci/index.ts';
import { runProgram } from './run.ts';

const amd64 = buildImage({ layers: [[{ path: 'a', content: 'x' }]] });
const arm64 = buildImage({ layers: [[{ path: 'b', content: 'y' }]], architecture: 'arm64' });
const index = buildIndex([amd64, arm64]);

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], programName = 'plimsoll'): Promise<Answer> {
  const host = makeHost(args, { programName, environment: { HOME: temporaryDirectory() } });
  return { code: await runProgram(host), stdout: host.stdout.text(), stderr: host.stderr.text() };
}

async function filled(): Promise<TestRegistry> {
  const registry = await startRegistry();
  await registry.put('org/app', 'one', amd64);
  await registry.put('org/app', 'two', arm64);
  await registry.putManifest('org/app', 'index', index, []);
  return registry;
}

test.each(['plimsoll', 'crane'])('%s reads what a registry holds', async (name) => {
  const { host } = await filled();
  const app = `${host}/org/app`;
  const said = async (...args: string[]): Promise<string> => (await run(args, name)).stdout;
  expect(await said('digest', `${app}:index`)).toBe(`${index.digest}\n`);
  expect(await said('digest', '--platform', 'linux/arm64', `${app}:index`)).toBe(`${arm64.manifest.digest}\n`);
  expect(await said('digest', '--full-ref', `${app}:one`)).toBe(`${app}@${amd64.manifest.digest}\n`);
  expect(await said('manifest', `${app}:index`)).toBe(index.bytes.toString());
  expect(await said('ls', '--full-ref', app)).toBe(`${app}:index\n${app}:one\n${app}:two\n`);
  expect(await said('catalog', host)).toBe('org/app\n');
  expect(await said('blob', `${app}@${arm64.config.digest}`)).toBe(arm64.config.bytes.toString());
});

test('an image of an index is chosen by its platform, and never another one', async () => {
  const { host } = await filled();
  const config = await run(['config', '--platform', 'linux/arm64', `${host}/org/app:index`], 'crane');
  expect(config).toEqual({ code: 0, stdout: arm64.config.bytes.toString(), stderr: '' });
  const absent = await run(['manifest', '--platform', 'linux/arm64/v9', `${host}/org/app:index`]);
  expect(absent).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('OCI_PLATFORM_NOT_FOUND') });
});

test('a registry that refuses HEAD is asked by GET', async () => {
  const registry = await filled();
  registry.fail({ match: /^HEAD .*manifests/, act: { kind: 'status', status: 405 } });
  const { code, stdout } = await run(['digest', `${registry.host}/org/app:one`], 'crane');
  expect([code, stdout]).toEqual([0, `${amd64.manifest.digest}\n`]);
});

test('tags are given and deleted', async () => {
  const { host } = await filled();
  expect(await run(['tag', `${host}/org/app:one`, 'three'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await run(['digest', `${host}/org/app:three`])).stdout).toBe(`${amd64.manifest.digest}\n`);
  expect(await run(['delete', `${host}/org/app:three`])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await run(['delete', `${host}/org/app:three`], 'crane')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Error: .* has no manifest three in org\/app/),
  });
  const escaping = await run(['tag', `${host}/org/app:one`, '../../other']);
  expect(escaping).toMatchObject({ code: 1, stderr: expect.stringContaining('CORE_REFERENCE_INVALID') });
});

test('what has no digest names no blob, and a blob that is not its digest is an error', async () => {
  const registry = await filled();
  const unnamed = await run(['blob', `${registry.host}/org/app:one`]);
  expect(unnamed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('OCI_BLOB_UNNAMED') });
  registry.fail({ match: /^GET .*blobs/, act: { kind: 'body', body: Buffer.from('other') } });
  const exchanged = await run(['blob', `${registry.host}/org/app@${amd64.config.digest}`]);
  expect(exchanged).toMatchObject({ code: 1, stderr: expect.stringContaining('OCI_DIGEST_MISMATCH') });
});

test('under the name crane its flags stand before the word too, and -v says more', async () => {
  const { host } = await filled();
  const { code, stdout, stderr } = await run(
    ['--platform', 'linux/arm64', '-v', 'digest', `${host}/org/app:index`],
    'crane',
  );
  expect([code, stdout]).toEqual([0, `${arm64.manifest.digest}\n`]);
  expect(stderr).toContain('crane.platform');
  expect(await run(['version'], 'crane')).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d[\d.]+\n$/),
    stderr: '',
  });
  expect(await run(['digest'], 'crane')).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Error: /) });
});

test('copies are byte for byte; with --no-clobber no tag moves', async () => {
  const [from, to] = [await filled(), await startRegistry()];
  const app = `${from.host}/org/app`;
  const copied = `${to.host}/copied/app`;
  const crane = async (...args: string[]): Promise<number> => (await run(args, 'crane')).code;
  expect(await crane('copy', `${app}:index`, `${copied}:index`)).toBe(0);
  expect(await crane('cp', '--platform', 'linux/arm64', `${app}:index`, `${copied}:arm`)).toBe(0);
  expect((await run(['manifest', `${copied}:index`])).stdout).toBe(index.bytes.toString());
  expect((await run(['digest', `${copied}:arm`])).stdout).toBe(`${arm64.manifest.digest}\n`);
  expect(await run(['copy', '-n', `${app}:one`, `${copied}:index`], 'crane')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Error: refusing to clobber existing tag ${copied}:index@${index.digest}\n`),
  });
  const debug = await run(['copy', '-v', '-n', `${app}:one`, `${copied}:index`], 'crane');
  expect(debug.stderr).toContain('OCI_TAG_EXISTS');
  expect(await crane('copy', '--all-tags', '--no-clobber', '--jobs', '2', app, copied)).toBe(0);
  expect((await run(['ls', copied])).stdout).toBe('arm\nindex\none\ntwo\n');
  expect(await crane('copy', '--all-tags', '--no-clobber', app, `${to.host}/new`)).toBe(0);
});

test('a layout is pushed, and its name by digest printed and written to a file', async () => {
  const { host } = await startRegistry();
  const layout = temporaryDirectory();
  writeTree(layout, layoutFiles([{ blob: amd64.manifest }], blobsOf(amd64)));
  const refs = join(temporaryDirectory(), 'refs');
  const name = `${host}/org/app@${amd64.manifest.digest}`;
  expect(await run(['push', '--image-refs', refs, layout, `${host}/org/app:1`])).toMatchObject({
    code: 0,
    stdout: `${name}\n`,
  });
  expect(readFileSync(refs, 'utf8')).toBe(name);
  expect((await run(['digest', `${host}/org/app:1`])).stdout).toBe(`${amd64.manifest.digest}\n`);
  const whole = await run(['push', '--index', layout, `${host}/org/app:index`]);
  expect((await run(['digest', '--full-ref', `${host}/org/app:index`])).stdout).toBe(whole.stdout);
});

test('the digest that an archive would have, without a registry', async () => {
  const docker = buildImage({ layers: [[{ path: 'a' }]], docker: true });
  const tar = join(temporaryDirectory(), 'app.tar');
  writeFileSync(tar, buildTar(dockerArchiveFiles([{ image: docker, repoTags: ['app:1'], packed: true }])));
  const { host } = await startRegistry();
  const pushed = await run(['push', tar, `${host}/app:1`]);
  const { stdout } = await run(['digest', '--tarball', tar, 'app:1']);
  expect(pushed.stdout).toBe(`${host}/app@${stdout}`);
  expect(await run(['digest', '--tarball', tar, '--full-ref'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cannot specify --full-ref with --tarball'),
  });
});

async function pulled(args: readonly string[]): Promise<string> {
  const path = join(temporaryDirectory(), 'pulled');
  expect(await run(['pull', ...args, path])).toEqual({ code: 0, stdout: '', stderr: '' });
  return path;
}

test('what was pulled into an archive is pushed again as the same image', async () => {
  const registry = await startRegistry();
  const docker = buildImage({ layers: [[{ path: 'a', content: 'x' }], [{ path: 'b' }]], docker: true });
  await registry.put('org/app', '1', docker);
  const app = `${registry.host}/org/app`;
  const path = await pulled([`${app}:1`]);
  const opened = await openImagePath(path);
  expect(opened).toMatchObject({ id: docker.config.digest, repoTags: [`${app}:1`] });
  expect(opened.layers.map(({ digest }) => digest)).toEqual(docker.layers.map(({ digest }) => digest));
  await opened.close();
  expect(readFileSync(await pulled([`${app}:1`]))).toEqual(readFileSync(path));
  const again = await run(['push', path, `${app}:2`]);
  expect(`${app}@${(await run(['digest', '--tarball', path])).stdout}`).toBe(again.stdout);
});

test('an index is pulled whole into a layout, and what is there already is left', async () => {
  const { host } = await filled();
  const path = join(temporaryDirectory(), 'layout');
  expect((await run(['pull', '--format', 'oci', '--annotate-ref', `${host}/org/app:index`, path])).code).toBe(0);
  expect((await run(['pull', '--format', 'oci', `${host}/org/app:one`, `${host}/org/app:two`, path])).code).toBe(0);
  const { manifests } = JSON.parse(readFileSync(join(path, 'index.json'), 'utf8'));
  expect(manifests).toMatchObject([
    { digest: index.digest, annotations: { 'org.opencontainers.image.ref.name': `${host}/org/app:index` } },
    { digest: amd64.manifest.digest, artifactType: 'application/vnd.oci.image.config.v1+json' },
    { digest: arm64.manifest.digest },
  ]);
  const opened = await openImagePath(`${path}@${arm64.manifest.digest}`);
  expect(opened.id).toBe(arm64.config.digest);
  await opened.close();
  writeFileSync(join(path, 'index.json'), amd64.manifest.bytes);
  const damaged = await run(['pull', '--format', 'oci', `${host}/org/app:one`, path]);
  expect(damaged).toMatchObject({ code: 1, stderr: expect.stringContaining('OCI_LAYOUT_INVALID') });
});

test('the archive of old has layers unpacked, each with its parent', async () => {
  const { host } = await filled();
  const path = await pulled(['--format', 'legacy', '--platform', 'linux/arm64', `${host}/org/app:index`]);
  const opened = await openImagePath(path);
  expect(opened).toMatchObject({ id: arm64.config.digest, repoTags: [`${host}/org/app:index`] });
  expect(opened.layers.map(({ digest }) => digest)).toEqual(opened.config.diffIds);
  await opened.close();
});

test('a cache gives layers only while they are what they were', async () => {
  const { host } = await filled();
  const cache = join(temporaryDirectory(), 'cache');
  const args = ['--cache_path', cache, `${host}/org/app:one`];
  const first = await pulled(args);
  const [layer = ''] = readdirSync(cache);
  expect(layer).toBe(amd64.layers[0]?.digest);
  writeFileSync(join(cache, layer), Buffer.alloc(amd64.layers[0]?.bytes.length ?? 0));
  expect(readFileSync(await pulled(args))).toEqual(readFileSync(first));
});

test('a layer that is not its digest leaves no archive behind', async () => {
  const registry = await filled();
  const match = new RegExp(`^GET .*blobs/${amd64.layers[0]?.digest}`);
  registry.fail({ match, act: { kind: 'body', body: Buffer.from('other') } });
  const path = join(temporaryDirectory(), 'pulled.tar');
  const { code, stderr } = await run(['pull', `${registry.host}/org/app:one`, path]);
  expect([code, existsSync(path)]).toEqual([1, false]);
  expect(stderr).toContain('OCI_DIGEST_MISMATCH');
});

test('the file system of an image, to the standard output or a file, from a registry or the standard input', async () => {
  const { host } = await filled();
  const [stdout, file] = await Promise.all([
    run(['export', `${host}/org/app:one`, '-']),
    (async () => {
      const path = join(temporaryDirectory(), 'files.tar');
      expect(await run(['export', `${host}/org/app:one`, path])).toEqual({ code: 0, stdout: '', stderr: '' });
      return readFileSync(path, 'utf8');
    })(),
  ]);
  expect(stdout).toEqual({ code: 0, stdout: file, stderr: '' });
  const archive = readFileSync(await pulled([`${host}/org/app:one`]));
  const stdin = async function* (): AsyncGenerator<Uint8Array> {
    yield archive;
  };
  const host2 = makeHost(['export', '-'], { environment: { HOME: temporaryDirectory() }, stdin });
  expect([await runProgram(host2), host2.stdout.text()]).toEqual([0, file]);
});

test('an image that is not well-formed fails, and says why', async () => {
  const { host } = await filled();
  const app = `${host}/org/app`;
  expect(await run(['validate', '--remote', `${app}:index`])).toEqual({
    code: 0,
    stdout: `PASS: ${app}:index\n`,
    stderr: '',
  });
  const archive = await pulled([`${app}:one`]);
  expect((await run(['validate', '--tarball', archive, '--fast'], 'crane')).stdout).toBe(`PASS: ${archive}\n`);
  const twice = buildImage({ layers: [[{ path: 'a' }, { path: 'a' }]] });
  const registry = await startRegistry();
  await registry.put('org/app', 'twice', twice);
  const failed = await run(['validate', '--remote', `${registry.host}/org/app:twice`]);
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('CLI_IMAGE_MALFORMED') });
  expect(failed.stdout).toBe(
    `FAIL: ${registry.host}/org/app:twice: validating layers: layer[0]: duplicate file path: a\n`,
  );
  expect(await run(['validate'])).toEqual({ code: 0, stdout: '', stderr: '' });
});
