import { expect, test } from 'vitest';
import { asksFor, catalogBytes, packagesFrom } from '../../../testkit/cataloging.ts';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import { formatPackageUrl } from '../../core/index.ts';
import { npm } from './index.ts';
import { catalogLicense, catalogPackageJson } from './package-json.ts';

const path = 'app/node_modules/x/package.json';

test('an installed package has its identity and its licence', async () => {
  const text = JSON.stringify({ name: '@me/x', version: '1.0.0', license: 'Apache 2', dependencies: { y: '^1' } });
  expect(await packagesFrom(catalogPackageJson, path, text)).toEqual([
    { id: '@me/x@1.0.0', name: '@me/x', version: '1.0.0', licenses: ['Apache-2.0'] },
  ]);
});

test.each<[string, unknown, readonly string[] | undefined]>([
  ['a name', 'MIT', ['MIT']],
  ['an expression', '(MIT OR Apache-2.0)', ['(MIT OR Apache-2.0)']],
  ['an object', { type: 'BSD', url: 'https://example.org' }, ['BSD-3-Clause']],
  ['an object without type', { url: 'https://example.org' }, undefined],
  ['an empty name', '', undefined],
  ['a list', ['MIT', { type: 'Apache2' }, 5, 'MIT'], ['MIT', 'Apache-2.0']],
  ['an empty list', [], undefined],
  ['a number', 5, undefined],
])('a licence may be %s', async (_, license, expected) => {
  const [pkg] = await packagesFrom(catalogPackageJson, path, JSON.stringify({ name: 'x', version: '1', license }));
  expect(pkg?.licenses).toEqual(expected);
});

test.each([
  '{}',
  '{"name":"x"}',
  '{"version":"1"}',
  '{"name":"","version":"1"}',
  '{"name":5,"version":"1"}',
  '{"name":"rxjs/ajax"}',
])('%s names no package', async (text) => {
  expect(await packagesFrom(catalogPackageJson, path, text)).toEqual([]);
});

test('a byte order mark and fields of unexpected kinds do no harm', async () => {
  const text = '\uFEFF{"name":"x","version":"1","dependencies":[],"__proto__":{"license":"MIT"}}';
  expect(await packagesFrom(catalogPackageJson, path, text)).toEqual([{ id: 'x@1', name: 'x', version: '1' }]);
});

test.each(['', 'null', '[]', '"x"', '{', '{"name":"<%= name %>","version":"1"}', `${'['.repeat(100_000)}`])(
  'rubbish is refused with a code (%#)',
  async (text) => {
    await expect(async () => catalogBytes(catalogPackageJson, path, text)).rejects.toThrowCode(
      'PACKAGE_METADATA_INVALID',
    );
  },
);

test('a file over the limit is refused before it is read', () => {
  const content = { size: 2 ** 40, read: () => Buffer.alloc(0) };
  expect(() => catalogPackageJson({ path, size: content.size, mode: 0, content })).toThrowCode('KIT_TEXT_TOO_LONG');
});

test('no damage escapes as anything but a coded error', () => {
  for (const bytes of damagedCopies(Buffer.from('{"name":"x","version":"1","license":{"type":"MIT"}}'))) {
    const content = { size: bytes.length, read: () => bytes };
    toleratingCoded(() => catalogPackageJson({ path, size: bytes.length, mode: 0, content }));
  }
});

test('beside a lock file only the licence is recorded', async () => {
  const pkg = { id: 'x@1', name: 'x', version: '1', licenses: ['MIT'] };
  expect(await catalogBytes(catalogLicense, path, '{"name":"x","version":"1","license":"MIT"}')).toEqual([
    { kind: 'companion', type: 'npm', packages: [pkg] },
  ]);
  expect(await catalogBytes(catalogLicense, path, '{"name":"x","version":"1"}')).toEqual([]);
});

test.each([
  ['installed', 'package.json', 'node-pkg'],
  ['installed', 'app/node_modules/x/package.json', 'node-pkg'],
  ['installed', 'app/package-lock.json', undefined],
  ['project', 'package-lock.json', 'npm'],
  ['project', 'a/npm-shrinkwrap.json', 'npm'],
  ['project', 'node_modules/x/package-lock.json', undefined],
  ['project', 'my_node_modules/package-lock.json', 'npm'],
  ['project', 'package.json', undefined],
  ['project', 'node_modules/x/package.json', 'npm-license'],
] as const)('in an %s tree %s is read by %s', (tree, file, id) => {
  const found = npm.catalogers
    .filter(({ trees }) => trees.includes(tree))
    .filter((cataloger) => asksFor(cataloger, file));
  expect(found.map((cataloger) => cataloger.id)).toEqual(id === undefined ? [] : [id]);
});

test.each([
  ['axios', 'pkg:npm/axios@1.0.0'],
  ['@Babel/Core', 'pkg:npm/%40babel/core@1.0.0'],
])('%s has the package URL %s', (name, expected) => {
  const purl = npm.purl({ name, version: '1.0.0' });
  expect(purl && formatPackageUrl(purl)).toBe(expected);
  expect(npm.advisoryName(name)).toBe(name.toLowerCase());
});
