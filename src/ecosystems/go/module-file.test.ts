import { expect, test } from 'vitest';
import { asksFor, catalogBytes, packagesFrom } from '../../../testkit/cataloging.ts';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import { filed, makeTree } from '../../../testkit/inventory.ts';
import type { Application, Package } from '../../core/index.ts';
import { composeInventory } from '../../inventory/index.ts';
import { go } from './index.ts';
import { catalogModuleFile } from './module-file.ts';
import { catalogSumFile } from './sum-file.ts';

async function parse(...lines: readonly string[]): Promise<Record<string, string | undefined>> {
  const packages = await packagesFrom(catalogModuleFile, 'go.mod', lines.join('\n'));
  return Object.fromEntries(packages.map(({ id, relationship }) => [id, relationship]));
}

test('a module file lists its module, what that needs, and what those need', async () => {
  const text = `
    // The main module.
    module example.org/tool // comment

    go 1.22.1
    toolchain go1.22.3

    require example.org/one v1.0.0
    require (
      example.org/two/v2 v2.3.4 // indirect
      "example.org/three" \`v0.0.0-20240102030405-0123456789ab\` // indirect; for tests
      example.org/four v1.2.3+incompatible // used indirectly
    )
    exclude example.org/one v0.9.0
    retract [v0.1.0, v0.2.0]
    tool example.org/one/cmd
  `;
  expect(await packagesFrom(catalogModuleFile, 'go.mod', text)).toEqual<Package[]>([
    { id: 'example.org/one@v1.0.0', name: 'example.org/one', version: 'v1.0.0', relationship: 'direct' },
    { id: 'example.org/two/v2@v2.3.4', name: 'example.org/two/v2', version: 'v2.3.4', relationship: 'indirect' },
    {
      id: 'example.org/three@v0.0.0-20240102030405-0123456789ab',
      name: 'example.org/three',
      version: 'v0.0.0-20240102030405-0123456789ab',
      relationship: 'indirect',
    },
    {
      id: 'example.org/four@v1.2.3+incompatible',
      name: 'example.org/four',
      version: 'v1.2.3+incompatible',
      relationship: 'direct',
    },
    {
      id: 'example.org/tool',
      name: 'example.org/tool',
      version: '',
      relationship: 'root',
      dependsOn: ['example.org/four@v1.2.3+incompatible', 'example.org/one@v1.0.0'],
    },
  ]);
});

test.each<[string, string, Record<string, string>]>([
  ['all versions', 'replace a => b v2.0.0', { 'b@v2.0.0': 'direct' }],
  ['the version required', 'replace a v1.0.0 => a v1.0.1', { 'a@v1.0.1': 'direct' }],
  ['another version', 'replace a v0.9.0 => a v1.0.1', { 'a@v1.0.0': 'direct' }],
  ['by a directory', 'replace a => ../a', {}],
  ['something else', 'replace z => b v2.0.0', { 'a@v1.0.0': 'direct' }],
  ['in a block', 'replace (\n a => b v2.0.0\n)', { 'b@v2.0.0': 'direct' }],
])('a replacement of %s is applied', async (_, replacement, expected) => {
  expect(await parse('go 1.22', 'require a v1.0.0', replacement)).toEqual(expected);
});

test.each([
  ['go 1.16', { 'a@v1.0.0': 'direct' }],
  ['go 1.17', { 'a@v1.0.0': 'direct', 'b@v1.0.0': 'indirect' }],
  ['', { 'a@v1.0.0': 'direct' }],
])('with "%s" what is needed indirectly is listed or not', async (line, expected) => {
  expect(await parse(line, 'require a v1.0.0', 'require b v1.0.0 // indirect')).toEqual(expected);
});

test.each(['require (\n a v1.0.0', 'require a', 'replace a', 'replace a =>', 'replace => b v1', 'require (\n a\n)'])(
  '%j is refused with a code',
  async (text) => {
    await expect(async () => catalogBytes(catalogModuleFile, 'go.mod', text)).rejects.toThrowCode(
      'PACKAGE_LIST_INVALID',
    );
  },
);

test('no damage escapes as anything but a coded error', () => {
  const whole = Buffer.from('module "m"\nrequire (\n a v1 // indirect\n `b` v2\n)\nreplace a => b v3\n');
  for (const bytes of damagedCopies(whole)) {
    const file = { path: 'go.mod', size: bytes.length, mode: 0, content: { size: bytes.length, read: () => bytes } };
    toleratingCoded(() => catalogModuleFile(file));
  }
});

async function applicationsOf(files: Readonly<Record<string, string>>): Promise<readonly Application[]> {
  const records = await Promise.all(
    Object.entries(files).map(async ([path, text]) => {
      const catalog = path.endsWith('go.mod') ? catalogModuleFile : catalogSumFile;
      return (await catalogBytes(catalog, path, text)).map((record) => filed(path, record, 'gomod'));
    }),
  );
  return composeInventory([{ tree: makeTree({ records: records.flat() }) }], [go]).applications;
}

const sums = 'a v0.9.0 h1:x=\na v1.0.0/go.mod h1:x=\nb v1.0.0 h1:x=\nb v1.2.0/go.mod h1:x=\n\nbroken\n';

test('an old module file is completed by the checksum file beside it', async () => {
  const applications = await applicationsOf({
    'x/go.mod': 'module m\nrequire a v1.0.0',
    'x/go.sum': sums,
    'go.sum': 'other v9.0.0 h1:x=',
  });
  expect(applications.map(({ path }) => path)).toEqual(['x/go.mod']);
  expect(applications[0]?.packages.map(({ id, relationship, catalogedBy }) => [id, relationship, catalogedBy])).toEqual(
    [
      ['a@v1.0.0', 'direct', 'gomod'],
      ['m', 'root', 'gomod'],
      ['b@v1.2.0', 'indirect', 'gomod'],
    ],
  );
});

test('a module file that lists everything needs no checksum file', async () => {
  const applications = await applicationsOf({
    'go.mod': 'go 1.17\nmodule m\nrequire a v1.0.0\nrequire c v1.0.0 // indirect',
    'go.sum': sums,
  });
  expect(applications[0]?.packages.map(({ name }) => name)).toEqual(['a', 'c', 'm']);
});

test.each([
  ['go.mod', 'gomod'],
  ['a/b/go.sum', 'gosum'],
  ['a/go.mod.bak', undefined],
])('%s is read by %s', (path, id) => {
  const found = go.catalogers
    .filter(({ trees }) => trees.includes('project'))
    .find((cataloger) => asksFor(cataloger, path));
  expect(found?.id).toBe(id);
});
