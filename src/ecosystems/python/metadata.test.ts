import { expect, test } from 'vitest';
import { asksFor, catalogBytes, packagesFrom } from '../../../testkit/cataloging.ts';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import { filed, makeTree } from '../../../testkit/inventory.ts';
import { makeZip } from '../../../testkit/zip.ts';
import { formatPackageUrl } from '../../core/index.ts';
import { composeInventory } from '../../inventory/index.ts';
import { catalogEgg } from './egg.ts';
import { python } from './index.ts';
import { catalogLicense, catalogMetadata } from './metadata.ts';

const path = 'usr/lib/python3/site-packages/x-1.0.dist-info/METADATA';

async function licensesOf(...fields: readonly string[]): Promise<readonly string[] | undefined> {
  const text = ['Metadata-Version: 2.1', 'Name: x', 'Version: 1.0', ...fields, ''].join('\n');
  return (await packagesFrom(catalogMetadata, path, text))[0]?.licenses;
}

const mit = 'Classifier: License :: OSI Approved :: MIT License';
const text = 'Permission is hereby granted, free of charge, to any person obtaining a copy';

test.each<[string, readonly string[], readonly string[] | undefined]>([
  ['an expression before all', ['License: BSD', mit, 'License-Expression: MIT-0 OR ISC'], ['MIT-0 OR ISC']],
  [
    'classifiers before the free field',
    ['License: BSD', mit, 'Classifier: License :: OSI Approved :: BSD License'],
    ['MIT', 'BSD-3-Clause'],
  ],
  ['no mere group', ['License: BSD', 'Classifier: License :: OSI Approved'], ['BSD-3-Clause']],
  ['the free field', ['License: Apache 2.0'], ['Apache-2.0']],
  ['several in the free field', ['License: MIT or BSD-2-Clause'], ['MIT', 'BSD-2-Clause']],
  ['a text', [`License: ${text}`, '        to do as they like'], [`text://${text} to do as they like`]],
  ['a file', ['License-File: licenses/LICENSE', 'License-File: AUTHORS'], ['file://licenses/LICENSE']],
  ['nothing', ['Classifier: Topic :: Internet'], undefined],
  ['nothing of the description', ['', mit], undefined],
  ['nothing after a line that is no field', ['not a field', mit], undefined],
])('the licence is %s', async (_, fields, expected) => {
  expect(await licensesOf(...fields)).toEqual(expected);
});

test('names of fields are matched in any case, values are trimmed, line ends may be those of Windows', async () => {
  const metadata = 'metadata-version: 1.0\r\nNAME:  Some.Package_X \r\nversion:\t1.0\r\n\r\nName: other\r\n';
  expect(await packagesFrom(catalogMetadata, path, metadata)).toEqual([{ name: 'Some.Package_X', version: '1.0' }]);
});

test.each([
  '',
  'Name: x',
  'Version: 1',
  'Name: \nVersion: 1',
  ' Name: x\nVersion: 1',
  '\nName: x\nVersion: 1',
  '\0\xff',
])('%j is refused with a code', async (metadata) => {
  await expect(async () => catalogBytes(catalogMetadata, path, metadata)).rejects.toThrowCode(
    'PACKAGE_METADATA_INVALID',
  );
});

test('a file over the limit is refused before it is read', () => {
  const content = { size: 2 ** 40, read: () => Buffer.alloc(0) };
  expect(() => catalogMetadata({ path, size: content.size, mode: 0, content })).toThrowCode('KIT_TEXT_TOO_LONG');
});

test('no damage escapes as anything but a coded error', () => {
  for (const bytes of damagedCopies(Buffer.from(`Name: x\nVersion: 1\n folded\n${mit}\nLicense-File: a\n\nbody`))) {
    const content = { size: bytes.length, read: () => bytes };
    toleratingCoded(() => catalogMetadata({ path, size: bytes.length, mode: 0, content }));
  }
});

test.each([
  [path, 'python-pkg'],
  ['a/x.dist-info/licenses/METADATA', 'python-pkg'],
  ['a/METADATA', undefined],
  ['a/x.egg-info', 'python-pkg'],
  ['a/x.egg-info/PKG-INFO', 'python-pkg'],
  ['a/EGG-INFO/PKG-INFO', 'python-pkg'],
  ['a/x-1.0/PKG-INFO', undefined],
  ['a/x.egg-info/SOURCES.txt', undefined],
  ['usr/lib/python2.7/argparse.egg-info', undefined],
  ['a/x.egg', 'python-egg'],
  ['a/x.dist-info/LICENSE.txt', 'python-license'],
  ['a/x.dist-info/licenses/LICENSE', undefined],
  ['a/LICENSE', undefined],
  ['requirements.txt', undefined],
])('of an image %s is read by %s', (file, id) => {
  const found = python.catalogers
    .filter(({ trees }) => trees.includes('installed'))
    .filter((cataloger) => asksFor(cataloger, file));
  expect(found.map((cataloger) => cataloger.id)).toEqual(id === undefined ? [] : [id]);
});

const license =
  'Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby ' +
  'granted, provided that the above copyright notice and this permission notice appear in all copies.';

async function composedLicenses(files: Readonly<Record<string, string>>): Promise<(readonly string[] | undefined)[]> {
  const records = await Promise.all(
    Object.entries(files).map(async ([file, content]) => {
      const catalog = file.endsWith('METADATA') ? catalogMetadata : catalogLicense;
      return (await catalogBytes(catalog, file, content)).map((record) => filed(file, record));
    }),
  );
  const { applications } = composeInventory([{ tree: makeTree({ records: records.flat() }) }], [python]);
  return applications.flatMap(({ packages }) => packages.map(({ licenses }) => licenses));
}

test('a licence file beside the metadata is read, wherever the package says it is', async () => {
  const metadata = 'Name: x\nVersion: 1\nLicense-File: licenses/LICENSE';
  expect(await composedLicenses({ 'x.dist-info/METADATA': metadata, 'x.dist-info/LICENSE': license })).toEqual([
    ['ISC'],
  ]);
  expect(await composedLicenses({ 'x.dist-info/METADATA': metadata, 'x.dist-info/COPYING': license })).toEqual([
    undefined,
  ]);
  expect(await composedLicenses({ 'x.dist-info/METADATA': metadata, 'x.dist-info/LICENSE': 'as you like' })).toEqual([
    undefined,
  ]);
  expect(
    await composedLicenses({ 'x.dist-info/METADATA': `${metadata}\n${mit}`, 'x.dist-info/LICENSE': license }),
  ).toEqual([['MIT']]);
});

test.each([
  ['EGG-INFO/PKG-INFO', 'License: MIT', ['MIT']],
  ['x.egg-info', 'License-File: COPYING', ['ISC']],
  ['x.egg-info/PKG-INFO', 'License-File: NONE', undefined],
])('an egg with %s is read', async (name, field, licenses) => {
  const egg = makeZip([
    { name: 'x/code.py', content: 'pass' },
    { name, content: `Name: x\nVersion: 1.0\n${field}\n` },
    { name: 'EGG-INFO/COPYING', content: license },
  ]);
  expect(await packagesFrom(catalogEgg, 'a/x.egg', egg)).toEqual([
    { name: 'x', version: '1.0', ...(licenses && { licenses }) },
  ]);
});

test('eggs without metadata hold nothing; what is no archive is noted; damage is refused', async () => {
  expect(await catalogBytes(catalogEgg, 'x.egg', makeZip([{ name: 'a' }]))).toEqual([]);
  expect(await catalogBytes(catalogEgg, 'x.egg', 'text')).toMatchObject([
    { kind: 'coverage', note: { effect: 'note' } },
  ]);
  const broken = makeZip([{ name: 'EGG-INFO/PKG-INFO', content: 'Name: x', crc32: 1 }]);
  await expect(async () => catalogBytes(catalogEgg, 'x.egg', broken)).rejects.toThrowCode('CODEC_ZIP_INVALID');
});

test.each([
  ['Jinja2', 'pkg:pypi/jinja2@1.0', 'jinja2'],
  ['typing_extensions', 'pkg:pypi/typing-extensions@1.0', 'typing-extensions'],
  ['ruamel.yaml', 'pkg:pypi/ruamel.yaml@1.0', 'ruamel.yaml'],
])('%s has the package URL %s', (name, expected, advised) => {
  const purl = python.purl({ name, version: '1.0' });
  expect(purl && formatPackageUrl(purl)).toBe(expected);
  expect(python.advisoryName(name)).toBe(advised);
});
