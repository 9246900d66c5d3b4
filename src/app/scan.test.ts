import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, temporaryDirectory } from '../../testkit/context.ts';
import { startRegistry } from '../../testkit/registry.ts';
import { sampleImage, writeSampleCache, writeSampleLayout } from '../../testkit/sample.ts';
import { type AppContext, type ContextOptions, makeContext } from './context.ts';
import { scanDirectory } from './scan-directory.ts';
import { scanImage } from './scan-image.ts';

function prepare(options: Partial<ContextOptions> = {}): { readonly root: string; readonly context: AppContext } {
  const root = temporaryDirectory();
  writeSampleLayout(join(root, 'image'));
  writeSampleCache(join(root, 'cache'));
  const clock = fixedClock('2025-06-20T00:00:00Z');
  return { root, context: makeContext({ cacheDir: join(root, 'cache'), clock, ...options }) };
}

test('an archive: findings, facts of the image, verdict', async () => {
  const { root, context } = prepare();
  const report = await scanImage(
    { image: { kind: 'archive', path: join(root, 'image') }, gate: { exitCode: 1 } },
    context,
  );
  expect(report.results.map(({ findings }) => findings.map(({ id }) => id))).toEqual([['CVE-2100-0001']]);
  expect(report.verdict).toMatchObject({ result: 'fail', gated: true });
  expect(report.image?.layers).toHaveLength(2);
  expect(report.createdAt.toISOString()).toBe('2025-06-20T00:00:00.000Z');
  expect(report.data.map(({ name }) => name)).toEqual(['trivy-db']);
});

test('an image by name, from the registry', async () => {
  const registry = await startRegistry();
  await registry.put('app', '1', sampleImage());
  const { context } = prepare();
  const reference = `${registry.host}/app:1`;
  const report = await scanImage({ image: { kind: 'reference', reference, sources: ['remote'] } }, context);
  expect(report.artifact.name).toBe(reference);
  expect(report.image?.reference).toBe(reference);
  expect(report.results[0]?.findings).toHaveLength(1);
});

test('the time of reports is not that of the data', async () => {
  const { root, context } = prepare({ reportTime: new Date(0) });
  const image = { kind: 'archive', path: join(root, 'image') } as const;
  const report = await scanImage({ image, data: { maxAge: 86_400_000 } }, context);
  expect(report.createdAt.getTime()).toBe(0);
  expect(report.coverage.notes.map(({ code }) => code)).toContain('data-stale');
});

test('without the scanner for vulnerabilities no data is needed', async () => {
  const { root, context } = prepare();
  const image = { kind: 'archive', path: join(root, 'image') } as const;
  const report = await scanImage({ image, scanners: [] }, { ...context, cacheDir: join(root, 'nowhere') });
  expect(report.results[0]).toMatchObject({ findings: [], packages: [{ name: 'demo-lib' }, { name: 'other' }] });
  expect(report.data).toEqual([]);
});

test('a root file system is read as an image would be, a project is not', async () => {
  const { root, context } = prepare();
  mkdirSync(join(root, 'tree/etc'), { recursive: true });
  mkdirSync(join(root, 'tree/lib/apk/db'), { recursive: true });
  writeFileSync(join(root, 'tree/etc/os-release'), 'ID=alpine\nVERSION_ID=3.21.0\n');
  writeFileSync(join(root, 'tree/etc/alpine-release'), '3.21.0\n');
  writeFileSync(join(root, 'tree/lib/apk/db/installed'), 'P:demo-lib\nV:1.2.3-r0\no:demo\n');
  const path = join(root, 'tree');
  const installed = await scanDirectory({ path, tree: 'installed' }, context);
  expect(installed.results[0]?.findings.map(({ id }) => id)).toEqual(['CVE-2100-0001']);
  expect(installed.artifact).toEqual({ name: path, type: 'filesystem' });
  expect((await scanDirectory({ path, tree: 'project' }, context)).results).toEqual([]);
});

test('notes that are given stand in the report', async () => {
  const { root, context } = prepare();
  const notes = [{ effect: 'note', code: 'filtered', message: 'a file narrows' }] as const;
  const report = await scanDirectory({ path: root, tree: 'project', notes }, context);
  expect(report.coverage.notes).toEqual(expect.arrayContaining([...notes]));
});
