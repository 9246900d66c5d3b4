import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, recordLog, temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { sampleDatabaseArtifact, sampleMetadata, writeSampleCache } from '../../testkit/sample.ts';
import { type DataOptions, openAdvisoryData } from './advisory-data.ts';
import { type AppContext, makeContext } from './context.ts';

const now = '2025-06-20T00:00:00Z';

/** A context whose cache holds the sample database, made five days before. */
function makeCache(): { readonly context: AppContext; readonly cacheDir: string } {
  const cacheDir = temporaryDirectory();
  writeSampleCache(cacheDir);
  return { cacheDir, context: makeContext({ cacheDir, clock: fixedClock(now), log: recordLog() }) };
}

async function startDatabaseRegistry(): Promise<TestRegistry> {
  const registry = await startRegistry();
  const { manifest, blobs } = sampleDatabaseArtifact();
  await registry.putManifest('db', '2', manifest, blobs);
  return registry;
}

/** What a scan would be told, and whether the database is the sample. */
async function open(
  options: DataOptions,
  context: AppContext,
): Promise<{ notes: string[]; found: number; parts: number }> {
  const { store, notes, close } = await openAdvisoryData(options, context);
  const found = store.advisories('alpine 3.21', 'demo').length;
  close();
  return { notes: notes.map(({ effect, code }) => `${effect} ${code}`), found, parts: store.parts?.length ?? 1 };
}

function writeRecord(directory: string): void {
  mkdirSync(directory, { recursive: true });
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
  writeFileSync(join(directory, 'TEST-2100-1.json'), JSON.stringify(record));
}

test('a database that is not due is used as it is, and nothing is asked', async () => {
  const { context } = makeCache();
  expect(await open({ repositories: ['127.0.0.1:1/db:2'] }, context)).toEqual({ notes: [], found: 2, parts: 1 });
});

test('one that is due is downloaded first', async () => {
  const { context, cacheDir } = makeCache();
  writeFileSync(join(cacheDir, 'db/metadata.json'), sampleMetadata({ NextUpdate: '2025-06-16T00:00:00Z' }));
  const registry = await startDatabaseRegistry();
  expect((await open({ repositories: [`${registry.host}/db:2`] }, context)).found).toBe(2);
  expect(registry.seen.some(({ path }) => path.includes('/blobs/'))).toBe(true);
});

test('unless that is not wanted', async () => {
  const { context, cacheDir } = makeCache();
  writeFileSync(join(cacheDir, 'db/metadata.json'), sampleMetadata({ NextUpdate: '2025-06-16T00:00:00Z' }));
  const registry = await startDatabaseRegistry();
  expect((await open({ skipUpdate: true, repositories: [`${registry.host}/db:2`] }, context)).notes).toEqual([]);
  expect(registry.seen).toEqual([]);
});

test('when it cannot be had, the older one is used, which is noted', async () => {
  const { context, cacheDir } = makeCache();
  writeFileSync(join(cacheDir, 'db/metadata.json'), sampleMetadata({ NextUpdate: '2025-06-16T00:00:00Z' }));
  const registry = await startRegistry();
  const { notes, found } = await open({ repositories: [`${registry.host}/db:2`] }, context);
  expect({ notes, found }).toEqual({ notes: ['note data-stale'], found: 2 });
});

test('without any data there is no scan', async () => {
  const { context, cacheDir } = makeCache();
  rmSync(join(cacheDir, 'db'), { recursive: true });
  const registry = await startRegistry();
  await expect(open({ skipUpdate: true }, context)).rejects.toThrowCode('ADVISORIES_MISSING');
  await expect(open({ repositories: [`${registry.host}/db:2`] }, context)).rejects.toThrowCode('OCI_REMOTE_NOT_FOUND');
});

test.each([
  ['5 days is young enough for a week', { maxAge: 7 * 86_400_000 }, []],
  ['5 days is too old for two', { maxAge: 2 * 86_400_000 }, ['incomplete data-stale']],
])('%s', async (_, options, notes) => {
  expect((await open({ ...options, skipUpdate: true }, makeCache().context)).notes).toEqual(notes);
});

test('data that does not tell its age is not shown to be young', async () => {
  const { context, cacheDir } = makeCache();
  writeFileSync(join(cacheDir, 'db/metadata.json'), '{"Version":2}');
  expect((await open({ maxAge: 1e12, skipUpdate: true }, context)).notes).toEqual(['incomplete data-stale']);
});

test('records stand beside the database', async () => {
  const { context, cacheDir } = makeCache();
  writeRecord(join(cacheDir, 'osv'));
  expect(await open({ osv: [join(cacheDir, 'osv')] }, context)).toMatchObject({ found: 3, parts: 2 });
});

test('or in its place; that a database was wanted and cannot be had is incomplete', async () => {
  const { context, cacheDir } = makeCache();
  writeRecord(join(cacheDir, 'osv'));
  rmSync(join(cacheDir, 'db'), { recursive: true });
  const osv = [join(cacheDir, 'osv')];
  expect(await open({ osv, skipUpdate: true }, context)).toEqual({ notes: [], found: 1, parts: 1 });
  const registry = await startRegistry();
  const { notes } = await open({ osv, repositories: [`${registry.host}/db:2`] }, context);
  expect(notes).toEqual(['incomplete data-missing']);
});

test('records that are not there are an error', async () => {
  const { context, cacheDir } = makeCache();
  await expect(open({ osv: [join(cacheDir, 'nowhere')] }, context)).rejects.toThrowCode('ADVISORIES_RECORDS_MISSING');
});

test('when the scan is stopped, that is the reason', async () => {
  const { context, cacheDir } = makeCache();
  rmSync(join(cacheDir, 'db'), { recursive: true });
  const reason = new RangeError('stopped');
  const stopped = { ...context, signal: AbortSignal.abort(reason) };
  await expect(open({ repositories: ['127.0.0.1:1/db:2'] }, stopped)).rejects.toBe(reason);
});
