import { expect, test } from 'vitest';
import { catalogBytes, packagesFrom } from '../../../testkit/cataloging.ts';
import { damagedCopies, toleratingCoded } from '../../../testkit/damage.ts';
import { filed, makeTree } from '../../../testkit/inventory.ts';
import type { Package } from '../../core/index.ts';
import { composeInventory } from '../../inventory/index.ts';
import { npm } from './index.ts';
import { catalogLockFile } from './lock-file.ts';

async function parse(lock: object): Promise<Map<string | undefined, Package>> {
  const packages = await packagesFrom(catalogLockFile, 'package-lock.json', JSON.stringify(lock, undefined, 2));
  return new Map(packages.map((pkg) => [pkg.id, pkg]));
}

/** A lock file of version 3 whose root needs `needs`. */
async function parsePackages(packages: object, root: object = {}): Promise<Map<string | undefined, Package>> {
  return parse({ lockfileVersion: 3, packages: { '': root, ...packages } });
}

function shape(packages: Map<string | undefined, Package>): Record<string, string> {
  const entries = [...packages.values()].map((pkg) => {
    const needs = pkg.dependsOn === undefined ? '' : ` > ${pkg.dependsOn.join(' ')}`;
    return [pkg.id ?? '', `${pkg.relationship}${pkg.dev ? ' dev' : ''}${needs}`];
  });
  return Object.fromEntries(entries);
}

test('packages are direct or indirect, and need what Node would find', async () => {
  const packages = await parsePackages(
    {
      'node_modules/a': { version: '1.0.0', dependencies: { b: '*', missing: '*' }, peerDependencies: { c: '*' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { c: '*' } },
      'node_modules/b': { version: '2.0.0', dev: true },
      'node_modules/c': { version: '1.0.0', optionalDependencies: { b: '*' } },
      'node_modules/@s/d': { version: '1.0.0' },
    },
    {
      dependencies: { a: '*' },
      devDependencies: { b: '*' },
      optionalDependencies: { '@s/d': '*' },
      peerDependencies: { e: '*' },
    },
  );
  expect(shape(packages)).toEqual({
    'a@1.0.0': 'direct > b@1.0.0 c@1.0.0',
    'b@1.0.0': 'indirect > c@1.0.0',
    'b@2.0.0': 'direct dev',
    'c@1.0.0': 'indirect > b@2.0.0',
    '@s/d@1.0.0': 'direct',
  });
});

test('a package in several places is one: direct if it is so once, for development only if it is so always', async () => {
  const packages = await parsePackages(
    {
      'node_modules/a/node_modules/x': { version: '1.0.0', dev: true },
      'node_modules/x': { version: '1.0.0' },
      'node_modules/b/node_modules/y': { version: '1.0.0', dev: true },
      'node_modules/c/node_modules/y': { version: '1.0.0', dev: true },
    },
    { dependencies: { x: '*' } },
  );
  expect(shape(packages)).toEqual({ 'x@1.0.0': 'direct', 'y@1.0.0': 'indirect dev' });
});

test('lines are those of the entries, first to last', async () => {
  const text = `{
  "lockfileVersion": 2, "packages": { "": {},
    "node_modules/a": {
      "version": "1.0.0", "engines": { "node": "\\"}{" },
      "dependencies": { "packages": "1" }
    },
    "node_modules/b": { "version": "1.0.0" },
    "node_modules/b/node_modules/a": {
      "version": "1.0.0"
    }
  },
  "dependencies": { "a": { "version": "1.0.0" } }
}`;
  const packages = await packagesFrom(catalogLockFile, 'package-lock.json', text);
  expect(packages.map(({ id, locations }) => [id, locations])).toEqual([
    [
      'a@1.0.0',
      [
        { start: 3, end: 6 },
        { start: 8, end: 10 },
      ],
    ],
    ['b@1.0.0', [{ start: 7, end: 7 }]],
  ]);
});

test('an alias is listed under its real name', async () => {
  const packages = await parsePackages(
    {
      'node_modules/cjs': { name: 'real', version: '1.0.0' },
      'node_modules/user': { version: '1.0.0', dependencies: { cjs: 'npm:real@1' } },
    },
    { dependencies: { cjs: 'npm:real@1' } },
  );
  expect(shape(packages)).toEqual({ 'real@1.0.0': 'direct', 'user@1.0.0': 'indirect > cjs@1.0.0' });
});

test.each<[string, unknown, string]>([
  ['listed', ['packages/*'], 'direct'],
  ['listed as an object', { packages: ['pack*/?'] }, 'direct'],
  ['not listed', ['other/*', 'packages', 'packages/a*b'], 'indirect'],
  ['of no kind', 5, 'indirect'],
])('a package of the project is put where its link is; workspaces %s', async (_, workspaces, relationship) => {
  const packages = await parsePackages(
    {
      'node_modules/@me/a': { resolved: 'packages/a', link: true },
      'packages/a': { name: '@me/a', version: '0.1.0', dependencies: { x: '*' } },
      'packages/a/node_modules/x': { version: '2.0.0', dependencies: { y: '*' } },
      'packages/ab': { version: '9.9.9' },
      'node_modules/x': { version: '1.0.0' },
      'node_modules/y': { version: '1.0.0' },
    },
    { workspaces },
  );
  expect(shape(packages)).toEqual({
    '@me/a@0.1.0': `${relationship} > x@2.0.0`,
    'x@2.0.0': 'indirect > y@1.0.0',
    'x@1.0.0': 'indirect',
    'y@1.0.0': 'indirect',
  });
});

test('links that lead nowhere are named, empty ones are not', async () => {
  const packages = await parsePackages({
    'node_modules/out': { resolved: '../out', link: true },
    'node_modules/empty': { resolved: '', link: true },
  });
  expect([...packages.keys()]).toEqual(['out']);
});

test.each([
  ['git', 'git+ssh://git@example.org/x.git#abc'],
  ['file', 'file:x.tgz'],
])('a package from %s has the version that it states', async (_, resolved) => {
  expect(shape(await parsePackages({ 'node_modules/x': { version: '1.0.0', resolved } }))).toEqual({
    'x@1.0.0': 'indirect',
  });
});

test('version 1 is a tree, in which the nearest version counts', async () => {
  const packages = await parse({
    lockfileVersion: 1,
    dependencies: {
      a: {
        version: '1.0.0',
        resolved: false,
        requires: { b: '*', c: '*', missing: '*' },
        dependencies: { b: { version: '1.0.0', requires: { c: '*' } } },
      },
      b: { version: '2.0.0', dev: true },
      c: { version: '1.0.0', dev: true, requires: true },
      d: { version: '1.0.0', dependencies: { c: { version: '1.0.0' } } },
    },
  });
  expect(shape(packages)).toEqual({
    'a@1.0.0': 'unknown > b@1.0.0 c@1.0.0',
    'b@2.0.0': 'unknown dev',
    'c@1.0.0': 'unknown',
    'd@1.0.0': 'unknown',
    'b@1.0.0': 'unknown > c@1.0.0',
  });
  expect(packages.get('a@1.0.0')?.locations).toEqual([{ start: 4, end: 20 }]);
  expect(packages.get('b@1.0.0')?.locations).toEqual([{ start: 13, end: 18 }]);
  expect(packages.get('c@1.0.0')?.locations).toHaveLength(2);
});

test('an old file that does not tell its version is read as a tree', async () => {
  expect(shape(await parse({ dependencies: { a: { version: '1.0.0' } } }))).toEqual({ 'a@1.0.0': 'unknown' });
});

test('entries of no kind are passed over', async () => {
  expect(
    shape(await parsePackages({ 'node_modules/a': 5, 'node_modules/b': null, other: {}, 'node_modules/c': {} })),
  ).toEqual({
    c: 'indirect',
  });
  expect(shape(await parse({ lockfileVersion: 1, dependencies: [] }))).toEqual({});
});

test.each(['', '[]', '{', '{"lockfileVersion":3,"packages":'])('%j is refused with a code', async (text) => {
  await expect(async () => catalogBytes(catalogLockFile, 'package-lock.json', text)).rejects.toThrowCode(
    'PACKAGE_LIST_INVALID',
  );
});

test('a tree nested without end is refused', async () => {
  const text = `{"lockfileVersion":1,"dependencies":${'{"a":{"version":"1","dependencies":'.repeat(300)}{}${'}}'.repeat(300)}}`;
  await expect(async () => catalogBytes(catalogLockFile, 'package-lock.json', text)).rejects.toThrowCode(
    'PACKAGE_LIST_INVALID',
  );
});

test('hostile names, paths and globs take no more than linear time', async () => {
  const deep = '/node_modules/x'.repeat(20_000);
  const packages = await parsePackages(
    {
      [`node_modules${deep}`]: { version: '1.0.0', dependencies: { z: '*' } },
      'node_modules/l': { resolved: 'l', link: true },
      [`l/${'a'.repeat(5000)}`]: { version: '1.0.0' },
    },
    { workspaces: [`l/${'*a'.repeat(2000)}b`] },
  );
  expect(packages.size).toBeGreaterThan(0);
});

test('no damage escapes as anything but a coded error', () => {
  const lock = {
    lockfileVersion: 2,
    packages: {
      '': { workspaces: ['p/*'] },
      'node_modules/a': { link: true, resolved: 'p/a' },
      'p/a': { version: '1' },
    },
  };
  for (const bytes of damagedCopies(Buffer.from(JSON.stringify(lock)))) {
    const content = { size: bytes.length, read: () => bytes };
    toleratingCoded(() => catalogLockFile({ path: 'package-lock.json', size: bytes.length, mode: 0, content }));
  }
});

test('licences are those of the lock file, or else of the node_modules beside it', async () => {
  const version = '1.0.0';
  const lock = {
    lockfileVersion: 3,
    packages: {
      'node_modules/a': { version },
      'node_modules/b': { version },
      'node_modules/c': { version, license: ['Apache 2', { type: 'MIT' }] },
    },
  };
  const records = await catalogBytes(catalogLockFile, 'x/package-lock.json', JSON.stringify(lock));
  const licensed = (name: string, license: string) =>
    ({
      kind: 'companion',
      type: 'npm',
      packages: [{ id: `${name}@1.0.0`, name, version: '1.0.0', licenses: [license] }],
    }) as const;
  const tree = makeTree({
    records: [
      ...records.map((record) => filed('x/package-lock.json', record)),
      filed('x/node_modules/a/package.json', licensed('a', 'MIT')),
      filed('x/node_modules/a/node_modules/b/package.json', licensed('b', 'ISC')),
      filed('x/node_modules/c/package.json', licensed('c', 'Zlib')),
      filed('node_modules/a/package.json', licensed('a', 'Zlib')),
      filed('y/node_modules/b/package.json', licensed('b', 'Zlib')),
    ],
  });
  const [application] = composeInventory([{ tree }], [npm]).applications;
  expect(application?.packages.map(({ name, licenses }) => [name, licenses])).toEqual([
    ['a', ['MIT']],
    ['b', ['ISC']],
    ['c', ['Apache-2.0', 'MIT']],
  ]);
});
