import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BoltTree, buildBolt } from '../../../testkit/bbolt.ts';
import { fixedClock, recordLog, recordSleep, silentProgress, temporaryDirectory } from '../../../testkit/context.ts';
import { type BuiltBlob, descriptor, toBlob, writeTree } from '../../../testkit/image.ts';
import { type FaultAction, startRegistry, type TestRegistry } from '../../../testkit/registry.ts';
import { buildTar, type TarEntrySpec } from '../../../testkit/tar.ts';
import { isAppError } from '../../core/index.ts';
import { makeFetch } from '../../net/index.ts';
import { loadRemote } from '../../oci/index.ts';
import { javaDatabase, openTrivyDb, readMetadata, vulnerabilityDatabase } from '../index.ts';
import type { DatabaseKind } from './database.ts';
import { needsUpdate } from './needs-update.ts';
import { type UpdateContext, type UpdateResult, updateDatabase } from './update.ts';

const now = '2026-11-24T12:00:00.000Z';
const updated = {
  Version: 2,
  NextUpdate: '2026-11-25T00:00:00Z',
  UpdatedAt: '2026-11-24T00:00:00Z',
  DownloadedAt: '0001-01-01T00:00:00Z',
};

function database(fixed: string): Buffer {
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `package-${index}`,
      { 'CVE-2099-1': `{"FixedVersion":"${fixed}.${index}"}` },
    ]),
  );
  return buildBolt({ 'alpine 3.20': many as BoltTree });
}

function membersOf(data: Buffer, metadata: unknown = updated): TarEntrySpec[] {
  return [
    { path: 'trivy.db', content: data },
    { path: 'metadata.json', content: typeof metadata === 'string' ? metadata : JSON.stringify(metadata) },
  ];
}

interface ArtifactSpec {
  readonly members: readonly TarEntrySpec[];
  readonly mediaType?: string;
  readonly layers?: number;
}

async function put(
  registry: TestRegistry,
  { members, mediaType = vulnerabilityDatabase.layerType, layers = 1 }: ArtifactSpec,
): Promise<BuiltBlob> {
  const config = toBlob(Buffer.from('{}'), 'application/vnd.aquasec.trivy.config.v1+json');
  const layer = toBlob(gzipSync(buildTar(members)), mediaType);
  const body = {
    schemaVersion: 2,
    config: descriptor(config),
    layers: Array.from({ length: layers }, () => descriptor(layer)),
  };
  const manifest = toBlob(Buffer.from(JSON.stringify(body)), 'application/vnd.oci.image.manifest.v1+json');
  await registry.putManifest('trivy-db', '2', manifest, [config, layer]);
  return layer;
}

interface Given {
  readonly cacheDir: string;
  readonly log: ReturnType<typeof recordLog>;
  update(
    repositories: readonly string[],
    options?: { force?: boolean; at?: string; kind?: DatabaseKind },
  ): Promise<UpdateResult>;
}

function given(): Given {
  const cacheDir = temporaryDirectory();
  const log = recordLog();
  const contextAt = (at: string): UpdateContext => {
    const clock = fixedClock(at);
    const registry: UpdateContext['registry'] = async () => {
      const { makeRegistryClient } = await loadRemote();
      return makeRegistryClient({ fetch: makeFetch({ idleTimeout: 200 }), clock, log, sleep: recordSleep().sleep });
    };
    return { cacheDir, clock, log, progress: silentProgress, registry };
  };
  return {
    cacheDir,
    log,
    update: (repositories, { at = now, kind = vulnerabilityDatabase, ...options } = {}) =>
      updateDatabase(kind, { repositories, ...options }, contextAt(at)),
  };
}

async function fixedVersion(cacheDir: string): Promise<string | undefined> {
  const { store, close } = await openTrivyDb(cacheDir);
  const found = store.advisories('alpine 3.20', 'package-7')[0]?.fixedVersion;
  close();
  return found;
}

test('downloads, writes when it did, and leaves nothing else behind', async () => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  const repository = `${registry.host}/trivy-db`;
  expect(await update([repository])).toMatchObject({ kind: 'updated', repository });
  expect(await fixedVersion(cacheDir)).toBe('1.7');
  expect(readdirSync(join(cacheDir, 'db')).sort()).toEqual(['metadata.json', 'trivy.db']);
  expect(readdirSync(join(cacheDir, 'plimsoll', 'db'))).toEqual(['trivy-db.sums']);
  expect(JSON.parse(readFileSync(join(cacheDir, 'db', 'metadata.json'), 'utf8'))).toEqual({
    ...updated,
    DownloadedAt: now,
  });
});

test('downloads only when it is due', async () => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  const repositories = [`${registry.host}/trivy-db:2`];
  await update(repositories);
  await put(registry, { members: membersOf(database('2')) });
  expect((await update(repositories)).kind).toBe('fresh');
  expect(await fixedVersion(cacheDir)).toBe('1.7');
  expect((await update(repositories, { force: true })).kind).toBe('updated');
  expect((await update(repositories, { at: '2026-11-25T01:00:00Z' })).kind).toBe('updated');
  expect(await fixedVersion(cacheDir)).toBe('2.7');
});

test.each([
  ['nothing is known', undefined, true],
  ['another schema', { version: 1, downloadedAt: now, nextUpdate: '2027-01-01T00:00:00Z' }, true],
  ['it was never downloaded', { version: 2, nextUpdate: '2027-01-01T00:00:00Z' }, true],
  [
    'the next one is not due',
    { version: 2, downloadedAt: '2026-01-01T00:00:00Z', nextUpdate: '2026-11-24T12:00:01Z' },
    false,
  ],
  [
    'the next one is due',
    { version: 2, downloadedAt: '2026-11-24T10:59:59Z', nextUpdate: '2026-11-24T12:00:00Z' },
    true,
  ],
  [
    'the next one is due, but the last download was just now',
    { version: 2, downloadedAt: '2026-11-24T11:00:00Z', nextUpdate: '2026-11-24T12:00:00Z' },
    false,
  ],
  ['nobody says when the next one is due', { version: 2, downloadedAt: '2026-11-01T00:00:00Z' }, true],
])('is it due when %s', (_, metadata, expected) => {
  expect(needsUpdate(metadata, 2, new Date(now))).toBe(expected);
});

test('a missing file is downloaded whatever the metadata says', async () => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  writeTree(join(cacheDir, 'db'), [
    { path: 'metadata.json', content: JSON.stringify({ ...updated, DownloadedAt: now }) },
  ]);
  expect((await update([`${registry.host}/trivy-db`])).kind).toBe('updated');
});

test.each<[string, FaultAction, boolean]>([
  ['429', { kind: 'status', status: 429 }, true],
  ['503', { kind: 'status', status: 503 }, true],
  ['a blob that it denies', { kind: 'status', status: 404, body: '{"errors":[{"code":"BLOB_UNKNOWN"}]}' }, true],
  ['lost connections', { kind: 'reset' }, true],
  ['404', { kind: 'status', status: 404 }, false],
  ['403', { kind: 'status', status: 403 }, false],
])('after %s the next repository is asked: %s', async (_, act, expected) => {
  const failing = await startRegistry({ faults: [{ match: /trivy-db/, act }] });
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { update, log } = given();
  const first = `${failing.host}/trivy-db`;
  const result = await update([first, `${registry.host}/trivy-db`]).catch((error: unknown) => error);
  expect((result as UpdateResult).kind).toBe(expected ? 'updated' : undefined);
  if (expected)
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ repository: first }) }),
    );
});

test('when no repository gives it, all reasons are told, unless there is an older one', async () => {
  const { cacheDir, update, log } = given();
  const repositories = ['127.0.0.1:1/a', '127.0.0.1:2/b'];
  await expect(update(repositories)).rejects.toThrow(/127.0.0.1:1\/a: .*; 127.0.0.1:2\/b: /);
  await expect(update([])).rejects.toThrowCode('ADVISORIES_DOWNLOAD_FAILED');
  writeTree(join(cacheDir, 'db'), [
    { path: 'trivy.db', content: database('1') },
    {
      path: 'metadata.json',
      content: JSON.stringify({ ...updated, DownloadedAt: '2026-01-01T00:00:00Z', NextUpdate: '2026-01-02T00:00:00Z' }),
    },
  ]);
  expect(await update(repositories)).toMatchObject({ kind: 'kept-old', metadata: { updatedAt: updated.UpdatedAt } });
  expect(log.lines.at(-1)).toMatchObject({
    level: 'warn',
    text: 'The database could not be updated; the older one is used',
  });
  expect(await fixedVersion(cacheDir)).toBe('1.7');
});

test('a database of a newer schema belongs to a newer program', async () => {
  const { cacheDir, update } = given();
  writeTree(join(cacheDir, 'db'), [
    { path: 'trivy.db', content: 'x' },
    { path: 'metadata.json', content: '{"Version":3}' },
  ]);
  await expect(update(['127.0.0.1:1/a'])).rejects.toThrowCode('ADVISORIES_SCHEMA');
  await expect(openTrivyDb(cacheDir)).rejects.toThrowCode('ADVISORIES_SCHEMA');
});

test.each<[string, ArtifactSpec, string]>([
  ['another layer type', { members: membersOf(database('1')), mediaType: 'text/plain' }, 'ADVISORIES_ARTIFACT_INVALID'],
  ['two layers', { members: membersOf(database('1')), layers: 2 }, 'ADVISORIES_ARTIFACT_INVALID'],
  ['no metadata', { members: membersOf(database('1')).slice(0, 1) }, 'ADVISORIES_ARTIFACT_INVALID'],
  ['metadata that is no JSON', { members: membersOf(database('1'), '{') }, 'ADVISORIES_ARTIFACT_INVALID'],
  [
    'metadata of monstrous size',
    { members: membersOf(database('1'), ' '.repeat(100_000)) },
    'ADVISORIES_ARTIFACT_INVALID',
  ],
  ['another schema', { members: membersOf(database('1'), { ...updated, Version: 3 }) }, 'ADVISORIES_SCHEMA'],
  ['no database', { members: membersOf(database('1')).slice(1) }, 'ADVISORIES_ARTIFACT_INVALID'],
  ['a database that is none', { members: membersOf(Buffer.from('x'.repeat(9000))) }, 'ADVISORIES_ARTIFACT_INVALID'],
  [
    'two databases',
    { members: [...membersOf(database('1')), ...membersOf(database('2'))] },
    'ADVISORIES_ARTIFACT_INVALID',
  ],
  [
    'a link of that name',
    { members: [{ path: 'trivy.db', type: 'symlink', linkPath: '/etc/passwd' }, ...membersOf(database('1')).slice(1)] },
    'ADVISORIES_ARTIFACT_INVALID',
  ],
  [
    'hundreds of entries',
    { members: Array.from({ length: 200 }, (_, index) => ({ path: `${index}` })) },
    'CODEC_LIMIT',
  ],
])('an artifact with %s is refused, and the older database stays', async (_, spec, code) => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  const repositories = [`${registry.host}/trivy-db`];
  await update(repositories);
  await put(registry, spec);
  expect((await update(repositories, { force: true })).kind).toBe('kept-old');
  expect(await fixedVersion(cacheDir)).toBe('1.7');
  expect(readdirSync(join(cacheDir, 'db'))).toHaveLength(2);
  await expect(given().update(repositories)).rejects.toThrowCode(code);
});

test('members that point elsewhere write nothing elsewhere', async () => {
  const registry = await startRegistry();
  await put(registry, {
    members: [
      { path: '../../escaped', content: 'x' },
      { path: '/tmp/escaped', content: 'x' },
      ...membersOf(database('1')),
    ],
  });
  const { cacheDir, update } = given();
  await update([`${registry.host}/trivy-db`]);
  expect(readdirSync(cacheDir).sort()).toEqual(['db', 'plimsoll']);
});

test.each<[string, FaultAction]>([
  ['other bytes', { kind: 'body', body: gzipSync(buildTar(membersOf(database('evil')))) }],
  ['a body cut short', { kind: 'drop', after: 1000 }],
])('%s never become the database', async (_, act) => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  const repositories = [`${registry.host}/trivy-db`];
  await update(repositories);
  registry.fail({ match: /GET .*blobs/, act });
  expect((await update(repositories, { force: true })).kind).toBe('kept-old');
  expect(await fixedVersion(cacheDir)).toBe('1.7');
});

test('what a killed download left behind goes with the next one, unless it may still be running', async () => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  writeTree(
    join(cacheDir, 'db'),
    ['trivy.db.1.0123456789ab.tmp', 'trivy.db.2.0123456789ab.tmp', 'other.tmp'].map((path) => ({ path })),
  );
  const old = new Date(Date.now() - 7_200_000);
  for (const name of ['trivy.db.1.0123456789ab.tmp', 'other.tmp']) utimesSync(join(cacheDir, 'db', name), old, old);
  await update([`${registry.host}/trivy-db`]);
  expect(readdirSync(join(cacheDir, 'db')).sort()).toEqual([
    'metadata.json',
    'other.tmp',
    'trivy.db',
    'trivy.db.2.0123456789ab.tmp',
  ]);
});

test('several downloads at once leave one whole database', async () => {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  const results = await Promise.all(
    Array.from({ length: 5 }, () => update([`${registry.host}/trivy-db`], { force: true })),
  );
  expect(results.map(({ kind }) => kind)).toEqual(Array(5).fill('updated'));
  expect(await fixedVersion(cacheDir)).toBe('1.7');
});

test('the Java database has a place of its own', async () => {
  const registry = await startRegistry();
  const content = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5000)]);
  const members = [
    { path: 'trivy-java.db', content },
    { path: 'metadata.json', content: JSON.stringify({ ...updated, Version: 1 }) },
  ];
  const layer = toBlob(gzipSync(buildTar(members)), javaDatabase.layerType);
  const config = toBlob(Buffer.from('{}'), 'application/x');
  const manifest = toBlob(
    Buffer.from(JSON.stringify({ schemaVersion: 2, config: descriptor(config), layers: [descriptor(layer)] })),
    'application/vnd.oci.image.manifest.v1+json',
  );
  await registry.putManifest('java', '1', manifest, [config, layer]);
  const { cacheDir, update } = given();
  await update([`${registry.host}/java`], { kind: javaDatabase });
  expect(readFileSync(join(cacheDir, 'java-db', 'trivy-java.db')).equals(content)).toBe(true);
  expect(await readMetadata(join(cacheDir, 'java-db', 'metadata.json'))).toMatchObject({
    version: 1,
    downloadedAt: now,
  });
});

async function downloaded(): Promise<{ cacheDir: string; path: string; bytes: Buffer }> {
  const registry = await startRegistry();
  await put(registry, { members: membersOf(database('1')) });
  const { cacheDir, update } = given();
  await update([`${registry.host}/trivy-db`]);
  const path = join(cacheDir, 'db', 'trivy.db');
  return { cacheDir, path, bytes: readFileSync(path) };
}

/** All that the database says. */
async function readEverything(cacheDir: string): Promise<string> {
  const { store, close } = await openTrivyDb(cacheDir);
  try {
    return JSON.stringify(
      Array.from({ length: 400 }, (_, index) => store.advisories('alpine 3.20', `package-${index}`)),
    );
  } finally {
    close();
  }
}

test('a bit that flips after the download never changes an answer', async () => {
  const { cacheDir, path, bytes } = await downloaded();
  const whole = await readEverything(cacheDir);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8((copy[bit >> 3] as number) ^ (1 << (bit & 7)), bit >> 3);
      writeFileSync(path, copy);
      const found = await readEverything(cacheDir).catch((error: unknown) => error);
      if (found !== whole && !isAppError(found, 'ADVISORIES_DAMAGED')) throw found;
    }),
    { numRuns: 300 },
  );
});

test('damage to many places is no other database', async () => {
  const { cacheDir, path, bytes } = await downloaded();
  writeFileSync(path, Buffer.from(bytes).fill(0, 16_384, 16_384 + bytes.length / 4));
  await expect(readEverything(cacheDir)).rejects.toThrowCode('ADVISORIES_DAMAGED');
});

test('a database that another program has put there is read as it is', async () => {
  const { cacheDir, path, bytes } = await downloaded();
  for (const other of [database('7'), database('1234567')]) {
    writeFileSync(path, other);
    expect(await readEverything(cacheDir)).toContain('"fixedVersion":"');
  }
  expect(database('7')).toHaveLength(bytes.length);
});

test('sums that are damaged themselves are left aside', async () => {
  const { cacheDir } = await downloaded();
  const sums = join(cacheDir, 'plimsoll', 'db', 'trivy-db.sums');
  const { size } = statSync(sums);
  for (const content of [
    readFileSync(sums).fill(0, 40, 44),
    readFileSync(sums).subarray(0, size - 8),
    Buffer.from('text'),
  ]) {
    writeFileSync(sums, content);
    expect(await fixedVersion(cacheDir)).toBe('1.7');
  }
});

test('no database at all is a coded error', async () => {
  await expect(openTrivyDb(temporaryDirectory())).rejects.toThrowCode('ADVISORIES_MISSING');
});
