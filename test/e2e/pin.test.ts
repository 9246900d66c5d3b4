import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startGitServer } from '../../testkit/git-server.ts';
import { buildImage } from '../../testkit/image.ts';
import { pinSeeds } from '../../testkit/pin-seeds.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { runCli } from './cli.ts';

const image = buildImage({ layers: [[{ path: 'a' }]] });
const other = buildImage({ layers: [[{ path: 'b' }]] });

function write(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function withApp(): Promise<TestRegistry> {
  const registry = await startRegistry();
  await registry.put('org/app', '1', image);
  return registry;
}

test('a repository is checked, pinned and checked again', async () => {
  const { host } = await withApp();
  const git = await startGitServer({ 'o/r': { refs: { 'refs/tags/v4': 'c'.repeat(40) } } });
  const cwd = write({
    Dockerfile: `FROM ${host}/org/app:1 AS build\nFROM build\n`,
    'deploy/app.yaml': `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${host}/org/app:1 # app\n`,
    '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - uses: o/r@v4\n',
  });
  const before = await runCli(['pin', '--check', '--offline', '.'], { cwd });
  expect(before.code).toBe(1);
  expect(before.stdout.split('\n')).toEqual([
    `Dockerfile:1:6: ${host}/org/app:1 (FROM) is not pinned`,
    '.github/workflows/ci.yml:4:19: o/r@v4 (jobs.a.steps.0.uses) is not pinned',
    `deploy/app.yaml:5:14: ${host}/org/app:1 (spec.containers.0.image) is not pinned`,
    '',
  ]);
  const pinned = await runCli(['pin', '--git-url', git.url, '.'], { cwd });
  expect(pinned).toMatchObject({ code: 0, stdout: expect.stringContaining(`pinned: ${image.manifest.digest}\n`) });
  expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(
    `FROM ${host}/org/app:1@${image.manifest.digest} AS build\nFROM build\n`,
  );
  expect(readFileSync(join(cwd, '.github/workflows/ci.yml'), 'utf8')).toContain(`uses: o/r@${'c'.repeat(40)} # v4\n`);
  expect(await runCli(['pin', '--check', '--offline', '.'], { cwd })).toMatchObject({ code: 0, stdout: '' });
});

test('a dry run prints a diff that git applies', async () => {
  const registry = await withApp();
  const text = `# base\nFROM ${registry.host}/org/app:1@${image.manifest.digest}\nFROM $X\n`;
  const cwd = write({ 'a/Dockerfile': text });
  await registry.put('org/app', '1', other);
  const { code, stdout, stderr } = await runCli(['pin', '--update', '--dry-run', '.'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toMatch(/left as it is .*a\/Dockerfile:3:6/);
  expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe(text);
  const applied = spawnSync('git', ['apply'], { cwd, input: stdout, encoding: 'utf8' });
  expect(applied.stderr).toBe('');
  expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe(
    text.replace(image.manifest.digest, other.manifest.digest),
  );
  const check = await runCli(['pin', '--check', '--dry-run', '.'], { cwd });
  expect(check).toMatchObject({ code: 1, stdout: '' });
});

test('the result as JSON; what fails is told and fails the run', async () => {
  const { host } = await withApp();
  const cwd = write({ Dockerfile: `FROM ${host}/org/app:none\n` });
  const { code, stdout } = await runCli(['pin', '--format', 'json', 'Dockerfile', 'gone'], { cwd });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    files: 1,
    references: [{ path: 'Dockerfile', line: 1, column: 6, state: 'failed', code: 'OCI_REMOTE_NOT_FOUND' }],
    problems: [{ path: 'gone', code: 'DISK_NOT_FOUND' }],
    changed: [],
  });
});

test('custom resources, kinds, platforms and logins come from the configuration and the environment', async () => {
  const registry = await startRegistry({ auth: { kind: 'basic', username: 'me', password: 'hunter2' } });
  await registry.put('org/app', '1', image);
  const cwd = write({
    'app.yaml': `apiVersion: example.com/v1\nkind: App\nspec: {image: "${registry.host}/org/app:1"}\n`,
    'compose.yaml': 'services: {a: {image: "b:1"}}\n',
    'plimsoll.yaml': 'pin:\n  paths:\n    App: [spec.image]\n',
    'docker/config.json': JSON.stringify({
      auths: { [registry.host]: { auth: Buffer.from('me:hunter2').toString('base64') } },
    }),
  });
  const args = ['pin', '--kind', 'kubernetes', '--platform', 'linux/amd64', '.'];
  const { code, stdout } = await runCli(args, { cwd, environment: { DOCKER_CONFIG: join(cwd, 'docker') } });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `app.yaml:3:16: ${registry.host}/org/app:1 (spec.image) pinned: ${image.manifest.digest}\n`,
  });
});

test('a mirror is asked, and the name stays', async () => {
  const { host } = await withApp();
  const cwd = write({
    Dockerfile: 'FROM ghcr.io/org/app:1\n',
    'own.yaml': `registry:\n  mirrors:\n    ghcr.io: ["${host}"]\n`,
  });
  await runCli(['pin', '--config', 'own.yaml', 'Dockerfile'], { cwd });
  expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(`FROM ghcr.io/org/app:1@${image.manifest.digest}\n`);
});

test.each(Object.entries(pinSeeds))('the built program reads files of the kind %s', async (kind, seed) => {
  const cwd = write({ file: seed });
  const { code, stdout } = await runCli(['pin', '--check', '--kind', kind, 'file'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain(' is not pinned\n');
});

test('without a path the command line is refused', async () => {
  const { code, stderr } = await runCli(['pin']);
  expect(code).toBe(1);
  expect(stderr).toContain('CLI_OPERAND_MISSING');
});
