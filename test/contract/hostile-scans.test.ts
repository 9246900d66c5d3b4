import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BlockSummer, formatSums } from '../../src/advisories/sums/file.ts';
import { makeContext, scanDirectory, scanImage } from '../../src/app/index.ts';
import { type ErrorData, isAppError } from '../../src/core/index.ts';
import type { Report } from '../../src/reports/index.ts';
import { reportFormats } from '../../src/reports/registry.ts';
import { fixedClock, temporaryDirectory } from '../../testkit/context.ts';
import { makeRandom } from '../../testkit/damage.ts';
import {
  type BuiltImage,
  blobsOf,
  buildImage,
  descriptor,
  dockerArchiveFiles,
  layoutFiles,
  toBlob,
  writeTree,
} from '../../testkit/image.ts';
import { renderText } from '../../testkit/report.ts';
import { sampleDatabase, sampleImage, sampleMetadata } from '../../testkit/sample.ts';
import { buildTar, type TarEntrySpec } from '../../testkit/tar.ts';

/** What came of a scan that a gate waits for: a verdict, or the code of an error. */
type Outcome = Report['verdict']['result'] | `error ${string}`;

interface Place {
  readonly image: string;
  readonly cache: string;
  readonly database: string;
}

/** Everything below `root` but the cache, by its size and time: what a scan must leave alone. */
function snapshot(root: string): string[] {
  return readdirSync(root, { recursive: true })
    .map((name) => join(root, String(name)))
    .filter((path) => !path.startsWith(join(root, 'cache/plimsoll')))
    .map((path) => ({ path: relative(root, path), at: statSync(path) }))
    .filter(({ at }) => at.isFile())
    .map(({ path, at }) => `${path} ${at.size} ${at.mtimeMs}`)
    .sort();
}

/** A directory with a sound image, of which a gate would say `fail`, and a sound database with its sums. */
function prepare(image: BuiltImage = sampleImage()): { readonly root: string; readonly place: Place } {
  const root = temporaryDirectory();
  const place = { image: join(root, 'image'), cache: join(root, 'cache'), database: join(root, 'cache/db/trivy.db') };
  writeTree(place.image, layoutFiles([{ blob: image.manifest, ref: 'latest' }], blobsOf(image)));
  mkdirSync(join(place.cache, 'db'), { recursive: true });
  mkdirSync(join(place.cache, 'plimsoll/db'), { recursive: true });
  const database = sampleDatabase();
  const summer = new BlockSummer();
  summer.push(database);
  writeFileSync(place.database, database);
  writeFileSync(join(place.cache, 'db/metadata.json'), sampleMetadata());
  writeFileSync(join(place.cache, 'plimsoll/db/trivy-db.sums'), formatSums(summer.finish()));
  return { root, place };
}

async function outcomeOf(work: () => Promise<Report>): Promise<Outcome> {
  const report = await work().catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    assertNoStack(error.message, error.data);
    return error.code;
  });
  if (typeof report === 'string') return `error ${report}`;
  for (const { load } of reportFormats.all) assertNoControl(renderText(await load(), report));
  return report.verdict.result;
}

/** Control characters other than line ends and tabs would steer a terminal. */
function assertNoControl(text: string): void {
  expect(text).not.toMatch(/[^\P{Cc}\n\t\r]|[\u202a-\u202e\u2066-\u2069]/u);
}

function assertNoStack(message: string, data: ErrorData): void {
  expect(`${message} ${JSON.stringify(data)}`).not.toMatch(/\n\s+at /);
}

/** Scans what stands at the place after the harm was done; nothing outside the cache may change. */
async function scan({ root, place }: ReturnType<typeof prepare>, path: string = place.image): Promise<Outcome> {
  const before = snapshot(root);
  const context = makeContext({ cacheDir: place.cache, clock: fixedClock('2025-06-20T00:00:00Z') });
  const data = { skipUpdate: true, skipJavaUpdate: true };
  const outcome = await outcomeOf(() =>
    scanImage({ image: { kind: 'archive', path }, gate: { exitCode: 1 }, data }, context),
  );
  expect(snapshot(root)).toEqual(before);
  return outcome;
}

/** A byte of each tenth of the file flipped, and the file cut there. */
function* damaged(bytes: Buffer): Generator<readonly [what: string, bytes: Buffer]> {
  const random = makeRandom(bytes.length);
  for (let part = 0; part < 10; part++) {
    const at = Math.min(bytes.length - 1, Math.floor(((part + random()) / 10) * bytes.length));
    yield [`cut at ${at}`, bytes.subarray(0, at)];
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (part & 7));
    yield [`flipped at ${at}`, flipped];
  }
}

const blobPath = (place: Place, digest: string): string => join(place.image, 'blobs', digest.replace(':', '/'));

test('the sound image breaks the gate', async () => {
  expect(await scan(prepare())).toBe('fail');
});

describe('an OCI layout', () => {
  const image = sampleImage();
  const parts: readonly (readonly [string, (place: Place) => string])[] = [
    ['index', (place) => join(place.image, 'index.json')],
    ['manifest', (place) => blobPath(place, image.manifest.digest)],
    ['configuration', (place) => blobPath(place, image.config.digest)],
    ['layer of packages', (place) => blobPath(place, image.layers[1]?.digest ?? '')],
    ['layer of the system', (place) => blobPath(place, image.layers[0]?.digest ?? '')],
  ];

  test.each(parts)('cut or flipped in its %s is never clean', async (_, pathOf) => {
    const sound = readFileSync(pathOf(prepare().place));
    for (const [what, bytes] of damaged(sound)) {
      const at = prepare();
      writeFileSync(pathOf(at.place), bytes);
      expect(await scan(at), what).not.toBe('pass');
    }
  });

  test.each([-1, 1, 2 ** 40])('whose manifest states sizes that are wrong by %i is never clean', async (by) => {
    const layers = image.layers.map((layer) => ({ ...descriptor(layer), size: layer.bytes.length + by }));
    const body = { schemaVersion: 2, config: descriptor(image.config), layers };
    const manifest = toBlob(Buffer.from(JSON.stringify(body)), image.manifest.mediaType);
    const at = prepare({ ...image, manifest });
    expect(await scan(at)).not.toBe('pass');
  });

  test('that leads to itself, or nests without end, is a coded error', async () => {
    const at = prepare();
    const deep = `${'{"manifests":['.repeat(100_000)}`;
    for (const text of [deep, '['.repeat(1_000_000), '{"a":'.repeat(200_000)]) {
      writeFileSync(join(at.place.image, 'index.json'), text);
      expect(await scan(at)).toMatch(/^error OCI_/);
    }
  });

  test('whose digests name files elsewhere reads none of them', async () => {
    const body = { schemaVersion: 2, manifests: [{ ...descriptor(image.manifest), digest: 'sha256:../../../secret' }] };
    const at = prepare();
    writeFileSync(join(at.place.image, 'index.json'), JSON.stringify(body));
    expect(await scan(at)).toMatch(/^error OCI_/);
  });
});

describe('an archive', () => {
  const shapes: readonly (readonly [string, Buffer])[] = [
    ['docker-archive', buildTar(dockerArchiveFiles([{ image: sampleImage(), repoTags: ['a:1'] }]))],
    ['OCI tar', buildTar(layoutFiles([{ blob: sampleImage().manifest }], blobsOf(sampleImage())))],
    ['packed OCI tar', gzipSync(buildTar(layoutFiles([{ blob: sampleImage().manifest }], blobsOf(sampleImage()))))],
  ];

  test.each(shapes)('%s, cut or flipped, is never clean', async (_, sound) => {
    for (const [what, bytes] of damaged(sound)) {
      const at = prepare();
      const path = join(at.root, 'image.tar');
      writeFileSync(path, bytes);
      expect(await scan(at, path), what).not.toBe('pass');
    }
  });

  test('that unpacks to far more than it is is refused', async () => {
    const at = prepare();
    const path = join(at.root, 'bomb.tar.gz');
    const first = buildTar([{ path: 'x', content: Buffer.alloc(64 * 2 ** 20) }]);
    writeFileSync(path, Buffer.concat(Array.from({ length: 4 }, () => gzipSync(first, { level: 9 }))));
    expect(await scan(at, path)).toMatch(/^error /);
  });

  test('that claims to go on for ever is refused', async () => {
    const at = prepare();
    const path = join(at.root, 'endless.tar');
    writeFileSync(
      path,
      buildTar(layoutFiles([{ blob: sampleImage().manifest }], blobsOf(sampleImage()))).subarray(0, 600),
    );
    truncateSync(path, 2 ** 40);
    expect(await scan(at, path)).toMatch(/^error /);
  });
});

describe('a layer', () => {
  const system: readonly TarEntrySpec[] = [
    { path: 'etc/os-release', content: 'ID=alpine\nVERSION_ID=3.21.0\n' },
    { path: 'etc/alpine-release', content: '3.21.0\n' },
  ];
  const packages: TarEntrySpec = { path: 'lib/apk/db/installed', content: 'P:demo-lib\nV:1.2.3-r0\no:demo\n' };

  /** What a layer holds beside the vulnerable package; the finding stays, or what hides it is said. */
  const cases: readonly (readonly [string, readonly TarEntrySpec[]])[] = [
    [
      'names that lead out of the root',
      [
        { path: '../../../../tmp/out', content: 'x' },
        { path: '/etc/passwd', content: 'x' },
      ],
    ],
    [
      'links to each other',
      [
        { path: 'a', type: 'symlink', linkPath: 'b' },
        { path: 'b', type: 'symlink', linkPath: 'a' },
        { path: 'lib2/apk/db/installed', type: 'hardlink', linkPath: 'lib2/apk/db/installed' },
      ],
    ],
    ['links out of the root', [{ path: 'var/lib/dpkg/status', type: 'hardlink', linkPath: '../../../../etc/passwd' }]],
    ['names of thousands of parts', [{ path: `${'d/'.repeat(20_000)}package.json`, content: '{}', format: 'gnu' }]],
    [
      'names of control characters',
      [
        {
          path: 'usr/lib/\u001b]0;x\u0007/node_modules/a\u009b31m/package.json',
          content: '{"name":"\\u001b[2J","version":"1\\u0007"}',
        },
      ],
    ],
    ['a jar of zeros', [{ path: 'app/a.jar', content: Buffer.alloc(4096) }]],
    ['a lock file of brackets', [{ path: 'app/node_modules/x/package.json', content: '['.repeat(300_000) }]],
    [
      'a package database of noise',
      [{ path: 'var/lib/rpm/rpmdb.sqlite', content: Buffer.from('SQLite format 3\0'.padEnd(8192, '\u0001')) }],
    ],
    [
      'a whiteout of everything that leads out',
      [
        { path: '../.wh..wh..opq', content: '' },
        { path: '.wh...', content: '' },
      ],
    ],
    ['a device in place of a database', [{ path: 'var/lib/dpkg/status', type: 'character' }]],
  ];

  test.each(cases)('with %s is never clean', async (_, entries) => {
    expect(await scan(prepare(buildImage({ layers: [[...system, packages, ...entries]] })))).not.toBe('pass');
  });

  test('that is a bomb is never clean', async () => {
    const layers = [[...system, packages], [{ path: 'zeros', content: Buffer.alloc(300 * 2 ** 20) }]];
    expect(await scan(prepare(buildImage({ layers, packing: 'zstd' })))).not.toBe('pass');
  });

  test.each(['nothing', 'text', 'a picture'])('that is %s instead of a tar is never clean', async (what) => {
    const bytes = what === 'nothing' ? Buffer.alloc(0) : Buffer.from(what.repeat(400));
    const image = sampleImage();
    const layer = toBlob(bytes, image.layers[1]?.mediaType ?? '');
    const layers = [image.layers[0], layer].flatMap((one) => (one ? [one] : []));
    const body = { schemaVersion: 2, config: descriptor(image.config), layers: layers.map(descriptor) };
    const manifest = toBlob(Buffer.from(JSON.stringify(body)), image.manifest.mediaType);
    expect(await scan(prepare({ ...image, layers, manifest }))).not.toBe('pass');
  });
});

test('a vulnerability database that is cut or flipped anywhere is never clean', async () => {
  for (const [what, bytes] of damaged(sampleDatabase())) {
    const at = prepare();
    writeFileSync(at.place.database, bytes);
    expect(await scan(at), what).not.toBe('pass');
  }
});

test.each(['', '{', '[]', '{"Version":"2"}', '['.repeat(100_000), '{"Version":3}', '\u0000'.repeat(100)])(
  'metadata of the database that is %j.. neither stops nor cleans a scan',
  async (text) => {
    const at = prepare();
    writeFileSync(join(at.place.cache, 'db/metadata.json'), text);
    expect(await scan(at)).not.toBe('pass');
  },
);

test('a lock file that is cut, flipped, deep or endless is a coded note or an error, never a crash', async () => {
  const packages = { '': { name: 'a', dependencies: { b: '1' } }, 'node_modules/b': { version: '1.0.0' } };
  const lock = Buffer.from(JSON.stringify({ name: 'a', lockfileVersion: 3, packages }));
  const deep = [
    ['deep', Buffer.from('{"packages":'.repeat(100_000))] as const,
    ['zeros', Buffer.alloc(2 ** 20)] as const,
  ];
  for (const [what, bytes] of [...damaged(lock), ...deep]) {
    const at = prepare();
    writeFileSync(join(at.root, 'package-lock.json'), bytes);
    const context = makeContext({ cacheDir: at.place.cache, clock: fixedClock('2025-06-20T00:00:00Z') });
    const input = { path: at.root, tree: 'project', gate: { exitCode: 1 }, data: { skipUpdate: true } } as const;
    const outcome = await outcomeOf(() => scanDirectory(input, context));
    if (what.startsWith('cut') || what === 'deep' || what === 'zeros') expect(outcome, what).not.toBe('pass');
  }
});
