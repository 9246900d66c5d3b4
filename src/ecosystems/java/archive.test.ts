import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { asksFor, catalogBytes, notesOf } from '../../../testkit/cataloging.ts';
import { damagedCopies } from '../../../testkit/damage.ts';
import { makeZip, type ZipInput } from '../../../testkit/zip.ts';
import { type Archive, type InventoryRecord, isAppError } from '../../core/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { type ArchiveLimits, defaultArchiveLimits, readArchives } from './archive.ts';
import { catalogArchive } from './catalog.ts';
import { java } from './index.ts';

function properties(group: string, artifact: string, version: string): ZipInput {
  const content = `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`;
  return { name: `META-INF/maven/${group}/${artifact}/pom.properties`, content };
}

function project(group: string, artifact: string, license: string): ZipInput {
  const content = `<project><licenses><license><name>${license}</name></license></licenses></project>`;
  return { name: `META-INF/maven/${group}/${artifact}/pom.xml`, content };
}

function manifest(...lines: readonly string[]): ZipInput {
  return { name: 'META-INF/MANIFEST.MF', content: `Manifest-Version: 1.0\n${lines.join('\n')}\n` };
}

const apacheText =
  'Apache License\nVersion 2.0, January 2004\nTERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION\n';

function archivesOf(records: readonly InventoryRecord[]): readonly Archive[] {
  return records.flatMap((record) => (record.kind === 'archive' ? record.archives : []));
}

async function read(inputs: readonly ZipInput[], path = 'app/x-1.0.jar'): Promise<readonly Archive[]> {
  return archivesOf(await catalogBytes(catalogArchive, path, makeZip(inputs)));
}

test('an archive is recorded with all that its bytes tell', async () => {
  const bytes = makeZip([
    manifest('Implementation-Vendor: org.example', 'Implementation-Title: x', 'Implementation-Version: 1.0'),
    properties('org.example', 'x', '1.0'),
    project('org.example', 'x', 'The MIT License'),
    { name: 'org/example/X.class', content: 'code' },
  ]);
  expect(archivesOf(await catalogBytes(catalogArchive, 'app/x-1.0.jar', bytes))).toEqual([
    {
      path: 'app/x-1.0.jar',
      sha1: createHash('sha1').update(bytes).digest('hex'),
      declared: [{ group: 'org.example', artifact: 'x', version: '1.0', licenses: ['MIT'] }],
      manifest: { group: 'org.example', artifact: 'x', version: '1.0' },
      fileName: { artifact: 'x', version: '1.0' },
    },
  ]);
});

test('shaded archives declare several artifacts, each with its own licence', async () => {
  const [archive] = await read([
    properties('a', 'one', '1'),
    properties('b', 'two', '2'),
    project('b', 'two', 'BSD-2-Clause'),
    { name: 'LICENSE', content: apacheText },
    { name: 'META-INF/maven/c/half/pom.properties', content: 'groupId=c\n' },
  ]);
  expect(archive?.declared).toEqual([
    { group: 'a', artifact: 'one', version: '1' },
    { group: 'b', artifact: 'two', version: '2', licenses: ['BSD-2-Clause'] },
  ]);
  expect(archive?.licenses).toBeUndefined();
});

test.each<[string, readonly ZipInput[], readonly string[] | undefined]>([
  ['a bundle header', [manifest('Bundle-License: "MIT";description="a, b";link=x')], ['MIT']],
  [
    'a bundle header by link',
    [manifest('Bundle-License: Own;link="https://opensource.org/licenses/ISC", MIT')],
    ['ISC', 'MIT'],
  ],
  ['a bundle header of text', [manifest('Bundle-License: see the file')], undefined],
  ['plugin names', [manifest('Plugin-License-Name: Apache 2', 'Bundle-License: MIT')], ['Apache-2.0']],
  ['a licence file', [{ name: 'META-INF/LICENSE.txt', content: apacheText }], ['Apache-2.0']],
  ['a manifest before a file', [manifest('Bundle-License: MIT'), { name: 'LICENSE', content: apacheText }], ['MIT']],
  [
    'two licence files',
    [
      { name: 'LICENSE', content: apacheText },
      { name: 'META-INF/license', content: apacheText },
    ],
    undefined,
  ],
  ['the file of a packed-in library', [{ name: 'META-INF/Fast-LICENSE', content: apacheText }], undefined],
])('%s tells the licence of the whole', async (_, inputs, licenses) => {
  const [archive] = await read(inputs);
  expect(archive?.licenses).toEqual(licenses);
});

test.each([true, false])('nested archives are read and named by their place (stored: %s)', async (stored) => {
  const inner = makeZip([properties('g', 'inner', '2.0')]);
  const middle = makeZip([{ name: 'WEB-INF/lib/inner-2.0.jar', content: inner, stored }]);
  const archives = await read([{ name: 'web.war', content: middle, stored }], 'app/all.ear');
  expect(archives.map(({ path, declared }) => [path, declared.length])).toEqual([
    ['app/all.ear/web.war/WEB-INF/lib/inner-2.0.jar', 1],
    ['app/all.ear/web.war', 0],
    ['app/all.ear', 0],
  ]);
});

test('a large nested archive is unpacked beside memory', async () => {
  const filler = { name: 'filler', content: Buffer.alloc(17 * 2 ** 20), stored: true };
  const inner = makeZip([filler, properties('g', 'inner', '2.0')]);
  const archives = await read([{ name: 'inner-2.0.jar', content: inner }]);
  expect(archives[0]).toMatchObject({
    path: 'app/x-1.0.jar/inner-2.0.jar',
    sha1: createHash('sha1').update(inner).digest('hex'),
    declared: [{ artifact: 'inner' }],
  });
});

test('a project file outside speaks for an archive inside that has no licence of its own', async () => {
  const [inner] = await read([
    { name: 'lib/in-1.jar', content: makeZip([properties('g', 'in', '1')]) },
    project('g', 'in', 'MIT'),
  ]);
  expect(inner?.declared).toEqual([{ group: 'g', artifact: 'in', version: '1', licenses: ['MIT'] }]);
});

test('a damaged nested archive is noted, and the rest is read', async () => {
  const inner = makeZip([properties('g', 'in', '1')]);
  const bytes = makeZip([
    properties('g', 'x', '1.0'),
    { name: 'lib/cut.jar', content: inner.subarray(0, inner.length - 30) },
    { name: 'lib/readme.jar', content: 'not an archive' },
    { name: 'lib/whole.jar', content: inner },
    { name: 'lib/secret.jar', content: inner, flags: 1 },
    { name: 'META-INF/maven/g/y/pom.properties', content: 'groupId=g', crc32: 1 },
  ]);
  const records = await catalogBytes(catalogArchive, 'x-1.0.jar', bytes);
  expect(archivesOf(records).map(({ path }) => path)).toEqual(['x-1.0.jar/lib/whole.jar', 'x-1.0.jar']);
  expect(notesOf(records).map(({ effect, path, data }) => [effect, path, data?.['cause']])).toEqual([
    ['incomplete', 'x-1.0.jar/META-INF/maven/g/y/pom.properties', 'CODEC_ZIP_INVALID'],
    ['incomplete', 'x-1.0.jar/lib/cut.jar', 'CODEC_ZIP_INVALID'],
    ['note', 'x-1.0.jar/lib/readme.jar', 'CODEC_ZIP_ABSENT'],
    ['incomplete', 'x-1.0.jar/lib/secret.jar', 'CODEC_ZIP_ENCRYPTED'],
  ]);
});

test('an entry that leads out of its archive is noted', async () => {
  const records = await catalogBytes(
    catalogArchive,
    'x.jar',
    makeZip([{ name: '../../evil.jar', content: makeZip([]) }]),
  );
  expect(notesOf(records)).toMatchObject([{ effect: 'incomplete', code: 'limit-reached' }]);
});

test.each<[string, Partial<ArchiveLimits>, number]>([
  ['depth', { maxDepth: 2 }, 2],
  ['number', { maxArchives: 1 }, 2],
  ['unpacked bytes', { maxUnpacked: 300 }, 1],
])('the limit of %s holds', async (_, limits, archives) => {
  const inner = makeZip([
    { name: 'a.jar', content: makeZip([{ name: 'pad', content: Buffer.alloc(1000), stored: true }]) },
  ]);
  const bytes = makeZip([
    { name: 'b.jar', content: inner },
    { name: 'c.jar', content: inner },
  ]);
  const found = await readArchives(memorySource(bytes), 'o.jar', { ...defaultArchiveLimits, ...limits });
  expect(found.notes.length).toBeGreaterThan(0);
  expect(new Set(found.notes.map(({ effect, code }) => `${effect} ${code}`))).toEqual(
    new Set(['incomplete limit-reached']),
  );
  expect(found.archives.length).toBeGreaterThanOrEqual(archives);
  expect(found.archives.at(-1)?.path).toBe('o.jar');
});

test('metadata that unpacks to too much is noted', async () => {
  const big = { name: 'META-INF/MANIFEST.MF', content: Buffer.alloc(11 * 2 ** 20) };
  const records = await catalogBytes(catalogArchive, 'x.jar', makeZip([big]));
  expect(notesOf(records)).toMatchObject([{ effect: 'incomplete', data: { cause: 'CODEC_LIMIT' } }]);
  const many = makeZip(Array.from({ length: 5 }, (_, index) => properties('g', `a${index}`, '1')));
  const limits = { ...defaultArchiveLimits, maxMetadata: 100 };
  const { archives, notes } = await readArchives(memorySource(many), 'x.jar', limits);
  expect(archives[0]?.declared).toHaveLength(2);
  expect(notes).toHaveLength(3);
});

test('of very many flaws some are told, among them one that counts', async () => {
  const harmless = Array.from({ length: 300 }, (_, index) => ({ name: `${index}.jar`, content: 'no archive' }));
  const broken = { name: 'z.jar', content: makeZip([]), flags: 1 };
  const notes = notesOf(await catalogBytes(catalogArchive, 'x.jar', makeZip([...harmless, broken, broken])));
  expect(notes).toHaveLength(101);
  expect(notes.filter(({ effect }) => effect === 'incomplete')).toHaveLength(1);
});

test('a file that is no archive is noted; a damaged one is refused', async () => {
  expect(await catalogBytes(catalogArchive, 'a.jar', '')).toMatchObject([
    { kind: 'coverage', note: { effect: 'note' } },
  ]);
  const cut = makeZip([properties('g', 'x', '1')]).subarray(0, 120);
  await expect(catalogBytes(catalogArchive, 'a.jar', cut)).rejects.toThrowCode('CODEC_ZIP_INVALID');
});

test('no damage escapes as anything but a coded error or a note', async () => {
  const whole = makeZip([
    manifest('Bundle-License: MIT'),
    properties('g', 'x', '1'),
    { name: 'in.jar', content: makeZip([properties('g', 'in', '1')]), stored: true },
  ]);
  for (const bytes of damagedCopies(whole, 3)) {
    const outcome = await catalogBytes(catalogArchive, 'x.jar', bytes).catch((reason: unknown) => reason);
    expect(Array.isArray(outcome) || isAppError(outcome)).toBe(true);
  }
});

test.each([
  ['a/b.jar', true],
  ['a/b.JAR', true],
  ['a/b.war', true],
  ['a/b.Ear', true],
  ['a/b.par', true],
  ['a/b.zip', false],
  ['a/jar', false],
])('the cataloger asks for %s: %s', (path, expected) => {
  const [cataloger] = java.catalogers;
  expect(cataloger && asksFor(cataloger, path)).toBe(expected);
});
