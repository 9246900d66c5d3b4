import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleDatabaseArtifact, writeSampleCache } from '../../testkit/sample.ts';
import { makeContext } from './context.ts';
import { databaseStatus } from './database-status.ts';
import { updateDatabases } from './update-databases.ts';

test('the status of what is there and what is not', async () => {
  const cacheDir = temporaryDirectory();
  writeSampleCache(cacheDir);
  expect(await databaseStatus({ cacheDir })).toEqual([
    {
      id: 'vulnerability',
      title: 'Vulnerability DB',
      path: join(cacheDir, 'db/trivy.db'),
      size: expect.any(Number),
      version: 2,
      updatedAt: '2025-06-15T00:00:00Z',
      nextUpdate: '2999-01-01T00:00:00Z',
      downloadedAt: '2025-06-15T01:00:00Z',
    },
    { id: 'java', title: 'Java DB', path: join(cacheDir, 'java-db/trivy-java.db') },
  ]);
});

test('only the databases that were named are updated, from the first repository that answers', async () => {
  const cacheDir = temporaryDirectory();
  const context = makeContext({ cacheDir, clock: fixedClock('2025-06-20T00:00:00Z') });
  const busy = await startRegistry({
    faults: [{ match: /^GET/, act: { kind: 'status', status: 503, headers: { 'retry-after': '0' } } }],
  });
  const registry = await startRegistry();
  const { manifest, blobs } = sampleDatabaseArtifact();
  await registry.putManifest('db', '2', manifest, blobs);
  const repositories = [`${busy.host}/db:2`, `${registry.host}/db:2`];
  const input = { databases: ['vulnerability'], repositories } as const;
  const [update, ...others] = await updateDatabases(input, context);
  expect(others).toEqual([]);
  expect(update).toMatchObject({ id: 'vulnerability', result: { kind: 'updated', repository: repositories[1] } });
  expect(await updateDatabases(input, context)).toMatchObject([{ result: { kind: 'fresh' } }]);
  expect(await updateDatabases({ ...input, force: true }, context)).toMatchObject([{ result: { kind: 'updated' } }]);
  rmSync(join(cacheDir, 'db'), { recursive: true });
  expect((await databaseStatus({ cacheDir }))[0]?.size).toBeUndefined();
});
