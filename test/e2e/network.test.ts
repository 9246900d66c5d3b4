import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleDatabaseArtifact, sampleImage, sampleMetadata } from '../../testkit/sample.ts';
import { makeWorkplace, runCli, startCli } from './cli.ts';

const usualLogin = { kind: 'token', username: 'me', password: 'hunter2' } as const;

test('an image is scanned by its name', async () => {
  const registry = await startRegistry();
  await registry.put('team/app', '1.2', sampleImage());
  const { cwd, cache } = makeWorkplace();
  const name = `${registry.host}/team/app:1.2`;
  const { code, stdout } = await runCli(['image', '--exit-code', '7', '-f', 'json', '--cache-dir', cache, name], {
    cwd,
  });
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toMatchObject({ ArtifactName: name, Metadata: { RepoTags: [name], Reference: name } });
});

test('a mirror gives the bytes, and the name stays', async () => {
  const registry = await startRegistry();
  await registry.put('library/app', 'latest', sampleImage());
  const { cwd, cache } = makeWorkplace();
  writeFileSync(join(cwd, 'own.yaml'), `registry:\n  mirrors:\n    docker.io: ["${registry.host}"]\n`);
  const args = ['image', '--config', 'own.yaml', '--cache-dir', cache, '-f', 'json', 'app'];
  const { stdout, stderr } = await runCli(args, { cwd });
  expect(JSON.parse(stdout || stderr)).toMatchObject({ ArtifactName: 'app', Metadata: { RepoTags: ['app:latest'] } });
});

test('a login is for the registry of the image', async () => {
  const registry = await startRegistry({ auth: usualLogin });
  await registry.put('app', '1', sampleImage());
  const { cwd, cache } = makeWorkplace();
  const args = ['image', '--cache-dir', cache, '--username', 'me', `${registry.host}/app:1`];
  expect((await runCli([...args, '--password-stdin'], { cwd, input: 'hunter2\n' })).code).toBe(0);
  expect((await runCli(args, { cwd, environment: { TRIVY_PASSWORD: 'hunter2' } })).code).toBe(0);
  const wrong = await runCli([...args, '--password', 'wrong-one'], { cwd });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).not.toContain('wrong-one');
});

test('db update downloads, a scan afterwards needs no network', async () => {
  const registry = await startRegistry();
  const { manifest, blobs } = sampleDatabaseArtifact();
  await registry.putManifest('db', '2', manifest, blobs);
  const { cwd } = makeWorkplace();
  const cache = temporaryDirectory();
  const at = ['--cache-dir', cache, '--db-repository', `${registry.host}/db:2`];
  const update = await runCli(['db', 'update', ...at], { cwd });
  expect(update).toMatchObject({ code: 0, stdout: 'vulnerability: updated (made 2025-06-15T00:00:00Z)\n' });
  expect((await runCli(['db', 'update', ...at], { cwd })).stdout).toContain('already up to date');
  const scan = await runCli(['image', '--offline', '--input', 'image', '--exit-code', '7', ...at], { cwd });
  expect(scan.code).toBe(7);
});

test('a scan downloads the database that is missing, as --download-db-only does without a scan', async () => {
  const registry = await startRegistry();
  const { manifest, blobs } = sampleDatabaseArtifact();
  await registry.putManifest('db', '2', manifest, blobs);
  const { cwd } = makeWorkplace();
  const cache = temporaryDirectory();
  const at = ['--cache-dir', cache, '--db-repository', `${registry.host}/db`];
  expect((await runCli(['image', '--input', 'image', '--exit-code', '7', ...at], { cwd })).code).toBe(7);
  rmSync(join(cache, 'db'), { recursive: true });
  expect((await runCli(['trivy', 'image', '--download-db-only', ...at], { cwd })).code).toBe(0);
  expect(existsSync(join(cache, 'db/trivy.db'))).toBe(true);
});

test('an update that fails leaves the older database, and says so', async () => {
  const registry = await startRegistry({ faults: [{ match: /^GET \/v2\/db/, act: { kind: 'status', status: 404 } }] });
  const { cwd, cache } = makeWorkplace();
  writeFileSync(join(cache, 'db/metadata.json'), sampleMetadata({ NextUpdate: '2025-06-16T00:00:00Z' }));
  const args = ['image', '--input', 'image', '--cache-dir', cache, '--db-repository', `${registry.host}/db:2`];
  const { code, stdout, stderr } = await runCli([...args, '--exit-code', '7'], { cwd });
  expect(code).toBe(7);
  expect(stderr).toContain('warn: The database could not be updated; the older one is used');
  expect(stdout).toContain('The vulnerability database could not be updated');
});

test('without any database there is no result', async () => {
  const { cwd } = makeWorkplace();
  const args = ['image', '--input', 'image', '--cache-dir', temporaryDirectory()];
  const skipped = await runCli([...args, '--skip-db-update'], { cwd });
  expect(skipped.code).toBe(1);
  expect(skipped.stderr).toContain('[ADVISORIES_MISSING]');
  expect((await runCli([...args, '--offline'], { cwd })).code).toBe(1);
});

test('--offline opens no socket, not even to this machine', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const { cwd, cache, scan } = makeWorkplace();
  writeFileSync(join(cache, 'db/metadata.json'), sampleMetadata({ NextUpdate: '2025-06-16T00:00:00Z' }));
  const repository = ['--db-repository', `127.0.0.1:${port}/db:2`, '--java-db-repository', `127.0.0.1:${port}/java:1`];
  const environment = { HTTPS_PROXY: `http://127.0.0.1:${port}`, HTTP_PROXY: `http://127.0.0.1:${port}` };
  const local = await runCli([...scan, '--offline', ...repository], { cwd, environment });
  expect(local.code).toBe(0);
  const named = await runCli(['image', '--offline', '--cache-dir', cache, `127.0.0.1:${port}/app:1`], {
    cwd,
    environment,
  });
  expect(named.code).toBe(1);
  expect(named.stderr).toContain('this run is offline');
  const update = await runCli(['db', 'update', '--offline', '--cache-dir', temporaryDirectory(), ...repository], {
    cwd,
  });
  expect(update.code).toBe(1);
  expect(connections).toBe(0);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops a running scan at once and leaves nothing half-written', async (signal, code) => {
  const registry = await startRegistry({ faults: [{ match: /^GET .*\/blobs\//, act: { kind: 'stall' } }] });
  await registry.put('app', '1', sampleImage());
  const { cwd, cache } = makeWorkplace();
  const child = startCli(['image', '--cache-dir', cache, '-f', 'json', '-o', 'report.json', `${registry.host}/app:1`], {
    cwd,
  });
  let stderr = '';
  child.stderr?.on('data', (part) => (stderr += part));
  await expect.poll(() => registry.seen.length, { timeout: 10_000 }).toBeGreaterThan(0);
  child.kill(signal);
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code);
  expect(stderr).toContain('[CLI_INTERRUPTED]');
  expect(existsSync(join(cwd, 'report.json'))).toBe(false);
});

test('--timeout ends a scan that hangs', async () => {
  const registry = await startRegistry({ faults: [{ match: /^GET .*\/blobs\//, act: { kind: 'stall' } }] });
  await registry.put('app', '1', sampleImage());
  const { cwd, cache } = makeWorkplace();
  const { code, stderr } = await runCli(['image', '--timeout', '1s', '--cache-dir', cache, `${registry.host}/app:1`], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('It took longer than 1s [CLI_TIMEOUT]');
});

test('records of OSV are used instead of a database', async () => {
  const { cwd } = makeWorkplace();
  const record = {
    id: 'TEST-2100-1',
    modified: '2025-06-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'Alpine:v3.21', name: 'demo' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2.9-r0' }] }],
      },
    ],
  };
  writeFileSync(join(cwd, 'TEST-2100-1.json'), JSON.stringify(record));
  const args = ['image', '--input', 'image', '--cache-dir', temporaryDirectory(), '--skip-db-update', '--osv', '.'];
  const { stdout } = await runCli([...args, '-f', 'json', '-o', 'report.json'], { cwd });
  expect(stdout).toBe('');
  expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toContain('TEST-2100-1');
});
