import { readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixedClock, temporaryDirectory } from '../../testkit/context.ts';
import { sampleImage, writeSampleCache, writeSampleLayout } from '../../testkit/sample.ts';
import { reportFormats } from '../reports/registry.ts';
import { type AppContext, type ContextOptions, makeContext } from './context.ts';
import type { Rendering } from './render-report.ts';
import type { ScanImageInput } from './scan-image.ts';
import { scanImageText } from './scan-image-text.ts';

interface Bench {
  readonly root: string;
  /** The text of a scan at a moment. */
  scan(parts?: Partial<ScanImageInput>, options?: Partial<ContextOptions>, format?: string): Promise<string>;
  /** Number of reports that are kept. */
  kept(): number;
}

const morning = '2025-06-20T06:00:00Z';

function prepare(): Bench {
  const root = temporaryDirectory();
  writeSampleLayout(join(root, 'image'));
  writeSampleCache(join(root, 'cache'));
  const reports = join(root, 'cache/plimsoll/reports');
  return {
    root,
    async scan(parts = {}, options = {}, format = 'json') {
      const context: AppContext = makeContext({
        cacheDir: join(root, 'cache'),
        build: 'b1',
        clock: fixedClock(morning),
        ...options,
      });
      const image = { kind: 'archive', path: join(root, 'image') } as const;
      const { pieces } = await scanImageText(
        { image, data: { skipUpdate: true, skipJavaUpdate: true }, ...parts },
        renderingOf(format),
        context,
      );
      return Buffer.concat([...pieces].map((piece) => Buffer.from(piece))).toString('utf8');
    },
    kept: () =>
      readdirSync(reports, { recursive: true }).filter(
        (name) => statSync(join(reports, String(name))).isFile() && name !== 'last-sweep',
      ).length,
  };
}

function renderingOf(id: string): Rendering {
  const format = reportFormats.get(id);
  if (format === undefined) throw new RangeError(`no format ${id}`);
  return { format, options: { dialect: 'plimsoll', programVersion: '1', listPackages: true, colour: false } };
}

/** The files of layers go away: what is scanned again without them must come from somewhere. */
function removeLayers({ root }: Bench): void {
  rmSync(join(root, 'cache/plimsoll/layers'), { recursive: true });
}

test('the same scan later the same day is the same text, but for its id and time', async () => {
  const bench = prepare();
  const first = JSON.parse(await bench.scan());
  expect(bench.kept()).toBe(1);
  removeLayers(bench);
  const second = JSON.parse(await bench.scan({}, { clock: fixedClock('2025-06-20T07:00:00Z') }));
  expect(readdirSync(join(bench.root, 'cache/plimsoll'))).not.toContain('layers');
  expect(second.CreatedAt).toBe('2025-06-20T07:00:00.000Z');
  expect(second.ReportID).not.toBe(first.ReportID);
  expect({ ...second, CreatedAt: first.CreatedAt, ReportID: first.ReportID }).toEqual(first);
});

test.each<[string, Partial<ScanImageInput>, Partial<ContextOptions>, string]>([
  ['another severity', { severities: ['LOW'] }, {}, 'json'],
  ['another gate', { gate: { exitCode: 4 } }, {}, 'json'],
  ['another format', {}, {}, 'sarif'],
  ['another day', {}, { clock: fixedClock('2025-06-21T06:00:00Z') }, 'json'],
  ['another program', {}, { build: 'b2' }, 'json'],
  ['a fixed time', {}, { reportTime: new Date(0) }, 'json'],
])('%s is another report', async (_, parts, options, format) => {
  const bench = prepare();
  await bench.scan();
  await bench.scan(parts, options, format);
  expect(bench.kept()).toBe(2);
});

test('a database that was written again is looked at again', async () => {
  const bench = prepare();
  await bench.scan();
  const database = join(bench.root, 'cache/db/trivy.db');
  utimesSync(database, new Date(0), new Date(0));
  await bench.scan();
  expect(bench.kept()).toBe(2);
  writeFileSync(database, 'damaged');
  await expect(bench.scan()).rejects.toThrowCode('CODEC_BOLT_INVALID');
});

test('an ignore file counts by what it says', async () => {
  const bench = prepare();
  const path = join(bench.root, 'ignore');
  writeFileSync(path, '');
  expect(await bench.scan({ ignoreFile: { path } })).toContain('"Vulnerabilities": [');
  writeFileSync(path, 'CVE-2100-0001\n');
  expect(await bench.scan({ ignoreFile: { path } })).not.toContain('"Vulnerabilities": [');
});

test.each<[string, Partial<ScanImageInput>, Partial<ContextOptions>]>([
  ['the cache is off', { layerCacheSize: 0 }, {}],
  ['the age of data is judged', { data: { skipUpdate: true, skipJavaUpdate: true, maxAge: 10 ** 12 } }, {}],
  ['the Java database is due', { data: { skipUpdate: true } }, {}],
])('nothing is kept when %s', async (_, parts, options) => {
  const bench = prepare();
  await bench.scan(parts, options).catch(() => undefined);
  expect(
    readdirSync(join(bench.root, 'cache')).includes('plimsoll') ? readdirSync(join(bench.root, 'cache/plimsoll')) : [],
  ).not.toContain('reports');
});

test('what may be read the next time is not kept as unreadable', async () => {
  const bench = prepare();
  const [layer] = sampleImage().layers;
  const path = join(bench.root, 'image/blobs', layer?.digest.replace(':', '/') ?? '');
  renameSync(path, `${path}.away`);
  expect(await bench.scan()).toContain('"layer-unreadable"');
  renameSync(`${path}.away`, path);
  expect(await bench.scan()).not.toContain('"layer-unreadable"');
});

test('a damaged entry is read anew', async () => {
  const bench = prepare();
  const first = await bench.scan();
  const reports = join(bench.root, 'cache/plimsoll/reports');
  for (const name of readdirSync(reports, { recursive: true })) {
    const path = join(reports, String(name));
    if (statSync(path).isFile()) writeFileSync(path, 'x'.repeat(200));
  }
  expect(await bench.scan()).toBe(first);
});
