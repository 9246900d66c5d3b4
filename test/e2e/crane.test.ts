import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { blobsOf, buildImage, buildIndex, layoutFiles, writeTree } from '../../testkit/image.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { runCli } from './cli.ts';

const amd64 = buildImage({ layers: [[{ path: 'etc/app', content: 'x'.repeat(300_000) }]] });
const arm64 = buildImage({ layers: [[{ path: 'b' }]], architecture: 'arm64' });
const index = buildIndex([amd64, arm64]);

test('an image goes from a layout to a registry, to another, and to a file', async () => {
  const [first, second] = [await startRegistry(), await startRegistry()];
  const layout = join(temporaryDirectory(), 'layout');
  writeTree(layout, layoutFiles([{ blob: index }], [...blobsOf(amd64), ...blobsOf(arm64), index]));
  const crane = (...args: string[]): ReturnType<typeof runCli> => runCli(args, { name: 'crane' });
  const name = `${first.host}/org/app@${index.digest}`;
  expect(await crane('push', layout, `${first.host}/org/app:1`)).toMatchObject({ code: 0, stdout: `${name}\n` });
  expect(await crane('copy', `${first.host}/org/app:1`, `${second.host}/app:2`)).toMatchObject({ code: 0, stdout: '' });
  const path = join(temporaryDirectory(), 'app.tar');
  expect(await crane('pull', `${second.host}/app:2`, path)).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
  expect(existsSync(path)).toBe(true);
  const exported = await crane('export', `${second.host}/app:2`);
  expect(exported.code).toBe(0);
  expect(exported.stdout).toContain('x'.repeat(300_000));
  expect((await runCli(['validate', '--tarball', path])).stdout).toBe(`PASS: ${path}\n`);
});

test.each([
  ['crane', ['digest']],
  ['plimsoll', ['digest']],
  ['plimsoll', ['crane', 'digest']],
])('through a mirror rule, as %s %j', async (name, words) => {
  const { host, put } = await startRegistry();
  await put('org/task-api', 'v1.0.0', amd64);
  const config = join(temporaryDirectory(), 'plimsoll.yaml');
  writeFileSync(config, `registry:\n  mirrors:\n    ghcr.io/org: ["${host}/org"]\n`);
  const image = 'ghcr.io/org/task-api:v1.0.0';
  const digest = await runCli([...words, '--config', config, image], { name });
  expect(digest).toMatchObject({ code: 0, stdout: `${amd64.manifest.digest}\n` });
  const full = await runCli([...words, '--config', config, '--full-ref', image], { name });
  expect(full.stdout).toBe(`ghcr.io/org/task-api@${amd64.manifest.digest}\n`);
});

test('what fails ends with 1 and nothing on the standard output, as with crane', async () => {
  const { host } = await startRegistry();
  const path = join(temporaryDirectory(), 'app.tar');
  for (const args of [['digest', `${host}/none:1`], ['pull', `${host}/none:1`, path], ['no-such-word'], ['ls']]) {
    const { code, stdout, stderr } = await runCli(args, { name: 'crane' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Error: /);
  }
  expect(existsSync(path)).toBe(false);
  expect((await runCli([], { name: 'crane' })).code).toBe(0);
});

test('logins are stored by the built program', async () => {
  const directory = temporaryDirectory();
  const environment = { DOCKER_CONFIG: directory };
  const { code } = await runCli(['login', '-u', 'me', '--password-stdin', 'r.test'], { environment, input: 'pw\n' });
  expect(code).toBe(0);
  expect(readFileSync(join(directory, 'config.json'), 'utf8')).toContain(Buffer.from('me:pw').toString('base64'));
});
