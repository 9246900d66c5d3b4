import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openTrivyDb, vulnerabilityDatabase } from '../../src/advisories/index.ts';
import { makeFileCache } from '../../src/disk/index.ts';
import { type BoltTree, buildBolt } from '../../testkit/bbolt.ts';
import { temporaryDirectory } from '../../testkit/context.ts';
import { descriptor, toBlob } from '../../testkit/image.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { buildTar } from '../../testkit/tar.ts';

const packages = 3000;

async function put(registry: TestRegistry, repository: string, version: string): Promise<void> {
  const bucket = Object.fromEntries(
    Array.from({ length: packages }, (_, index) => [
      `package-${index}`,
      { 'CVE-2099-1': `{"FixedVersion":"${version}"}` },
    ]),
  );
  const metadata = {
    Version: 2,
    NextUpdate: '2099-01-01T00:00:00Z',
    UpdatedAt: `2026-01-0${version.length}T00:00:00Z`,
  };
  const data = buildBolt({ 'alpine 3.20': bucket as BoltTree });
  const tar = buildTar([
    { path: 'trivy.db', content: data },
    { path: 'metadata.json', content: JSON.stringify(metadata) },
  ]);
  const layer = toBlob(gzipSync(tar), vulnerabilityDatabase.layerType);
  const config = toBlob(Buffer.from('{}'), 'application/x');
  const body = { schemaVersion: 2, config: descriptor(config), layers: [descriptor(layer)] };
  const manifest = toBlob(Buffer.from(JSON.stringify(body)), 'application/vnd.oci.image.manifest.v1+json');
  await registry.putManifest(repository, '2', manifest, [config, layer]);
}

async function start(cacheDir: string, repositories: readonly string[]): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'update-loop.ts');
  const child = spawn(process.execPath, [script, cacheDir, ...repositories], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

/** The versions that the database speaks of; one, unless it is a mixture. */
async function versionsIn(cacheDir: string): Promise<Set<string | undefined>> {
  const { store, close } = await openTrivyDb(cacheDir);
  const found = new Set<string | undefined>();
  for (let index = 0; index < packages; index++)
    found.add(store.advisories('alpine 3.20', `package-${index}`)[0]?.fixedVersion);
  close();
  return found;
}

const kills = Number(process.env['CRASH_POINTS'] ?? 6);

test('killed at any moment, two at a time, what is there is one whole database', { timeout: 600_000 }, async () => {
  const registry = await startRegistry();
  await put(registry, 'one', '1');
  await put(registry, 'two', '22');
  const repositories = [`${registry.host}/one`, `${registry.host}/two`];
  const cacheDir = temporaryDirectory();
  let seen = 0;
  for (let count = 0; count < kills; count++) {
    const children = await Promise.all([start(cacheDir, repositories), start(cacheDir, repositories.toReversed())]);
    // Multiples of the golden ratio spread over the whole loop.
    for (const child of children) {
      await wait(((count * 0.618 + children.indexOf(child) * 0.31) % 1) * 120);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    const cache = makeFileCache({
      directory: join(cacheDir, 'plimsoll', 'layers'),
      maxSize: 2 ** 20,
      maxEntry: 2 ** 20,
    });
    const entry = (await cache.get('entry'))?.toString();
    expect([undefined, ...repositories.map((name) => name.repeat(1000))]).toContain(entry);
    if (!readdirSync(cacheDir).includes('db') || !readdirSync(join(cacheDir, 'db')).includes('trivy.db')) continue;
    seen++;
    const versions = await versionsIn(cacheDir);
    expect([...versions].map((version) => version ?? 'none')).toHaveLength(1);
    expect(['1', '22']).toContain([...versions][0]);
  }
  expect(seen).toBeGreaterThan(kills / 2);
});
