import { expect, test } from 'vitest';
import {
  filed,
  makePackage,
  makeTree,
  packagesOf,
  testDistribution,
  testFormat,
  testLanguage,
} from '../../testkit/inventory.ts';
import type { Digest, FiledRecord, Inventory, TreeInventory } from '../core/index.ts';
import { composeInventory } from './compose.ts';

const ecosystems = [testFormat, testLanguage, testDistribution('derived'), testDistribution('base', { generic: true })];

function compose(...trees: readonly Partial<TreeInventory>[]): Inventory {
  const inputs = trees.map((tree, index) => ({ ref: { diffId: diffId(index) }, tree: makeTree(tree) }));
  return composeInventory(inputs, ecosystems);
}

function diffId(index: number): Digest {
  return `sha256:${index.toString(16).repeat(64)}`;
}

const status = (...packages: readonly string[]): FiledRecord => filed('var/status', packagesOf('dpkg', ...packages));

test('an OS package belongs to the first layer that had it, though its database is rewritten', () => {
  const { systemPackages, packageFormat } = compose(
    { records: [status('a@1', 'b@1')] },
    { records: [status('a@1', 'b@2')] },
  );
  expect(packageFormat).toBe('dpkg');
  expect(systemPackages.map(({ id, layer }) => [id, layer?.diffId])).toEqual([
    ['a@1', diffId(0)],
    ['b@2', diffId(1)],
  ]);
});

test('a package that two databases list is one package', () => {
  const other = filed('var/status.d/a', packagesOf('dpkg', 'a@1'));
  expect(compose({ records: [status('a@1'), other] }).systemPackages).toHaveLength(1);
});

test('licences, checksums and installed files of other files join their package', () => {
  const [pkg] = compose({
    records: [
      status('a@1'),
      filed('doc/a', { kind: 'package-licenses', package: 'a', licenses: ['MIT'] }),
      filed('available', { kind: 'package-checksums', checksums: { 'a@1': 'md5:00' } }),
      filed('info/a', { kind: 'installed-files', package: 'a', files: ['/bin/a'] }),
    ],
  }).systemPackages;
  expect(pkg).toMatchObject({ licenses: ['MIT'], checksum: 'md5:00', installedFiles: ['/bin/a'], catalogedBy: 'test' });
});

test.each([
  ['of its own layer', 1, { nvr: 'own' }],
  ['the base layer takes that of the next', 0, { nvr: 'own' }],
  ['later layers take that of the nearest below', 2, { nvr: 'own' }],
])('build information: %s', (_, layer, expected) => {
  const own = filed('buildinfo', { kind: 'build-info', buildInfo: { nvr: 'own' } });
  const trees = [0, 1, 2].map((index) => ({
    records: [...(index === layer ? [status('a@1')] : []), ...(index === 1 ? [own] : [])],
  }));
  expect(compose(...trees).systemPackages[0]?.buildInfo).toEqual(expected);
});

test('packages of metadata files are gathered, those of lock files stay with their file', () => {
  const { applications } = compose({
    records: [
      filed('x/a', packagesOf('lib-pkg', 'a@1')),
      filed('x/b', packagesOf('lib-pkg', 'b@1')),
      filed('y/lock', packagesOf('lib-lock', 'c@1')),
      filed('z/lock', packagesOf('lib-lock')),
    ],
  });
  expect(
    applications.map(({ type, path, packages }) => [type, path, packages.map(({ filePath }) => filePath)]),
  ).toEqual([
    ['lib-lock', 'y/lock', [undefined]],
    ['lib-pkg', undefined, ['x/a', 'x/b']],
  ]);
});

test('a file that an OS package of the same layer installed is left to that package', () => {
  const installed = filed('var/status', packagesOf('dpkg', makePackage('a@1', { installedFiles: ['/x/a'] })));
  const found = filed('x/a', packagesOf('lib-pkg', 'a@1'));
  expect(compose({ records: [installed, found] }).applications).toEqual([]);
  expect(compose({ records: [installed] }, { records: [found] }).applications).toHaveLength(1);
});

test('files of third-party OS packages are not left to them', () => {
  const pkg = makePackage('a@1', { repositoryClass: 'third-party', installedFiles: ['/x/a'] });
  const listed = filed('info/a', { kind: 'installed-files', package: 'a', files: ['/x/a'] });
  const found = filed('x/a', packagesOf('lib-pkg', 'a@1'));
  expect(compose({ records: [filed('var/status', packagesOf('dpkg', pkg)), listed, found] }).applications).toHaveLength(
    1,
  );
});

test('a derivative wins over the family whose release file it also carries', () => {
  const records = [
    filed('etc/base-release', { kind: 'os-release', id: 'base', versionId: '9' }),
    filed('etc/os-release', { kind: 'os-release', id: 'derived', versionId: '9.2' }),
  ];
  expect(compose({ records }).os).toEqual({ family: 'derived', name: '9.2' });
});

test('the repository release is kept beside the release of the system', () => {
  const records = [
    filed('etc/os-release', { kind: 'os-release', id: 'derived', versionId: '3.18' }),
    filed('etc/repositories', { kind: 'package-repository', family: 'derived', release: '3.19' }),
  ];
  expect(compose({ records }).os).toEqual({ family: 'derived', name: '3.18', repositoryRelease: '3.19' });
});

test('archives keep the first layer with the same content, and wait for resolve', () => {
  const archive = { path: 'a.jar', sha1: 'ff', declared: [], fileName: { artifact: 'a', version: '1' } };
  const record = filed('a.jar', { kind: 'archive', type: 'archive', archives: [archive] });
  const { archives } = compose({ records: [record] }, { records: [record] });
  expect(archives).toEqual([{ type: 'archive', archive, catalogedBy: 'test', layer: { diffId: diffId(0) } }]);
});

test('coverage counts files read and packages visible, and keeps notes with their layer', () => {
  const { coverage } = compose(
    { records: [status('a@1')], files: { test: 2 } },
    {
      records: [status('a@1', 'b@1')],
      files: { test: 1 },
      notes: [{ effect: 'note', code: 'file-unreadable', message: 'm' }],
    },
  );
  expect(coverage).toEqual({
    catalogers: [{ cataloger: 'test', files: 3, packages: 2 }],
    notes: [{ effect: 'note', code: 'file-unreadable', message: 'm', layer: { diffId: diffId(1) } }],
  });
});
