import { expect, test } from 'vitest';
import { catalogNow, packagesIn } from '../../../testkit/cataloging.ts';
import type { Catalog } from '../../core/index.ts';
import { rpm } from './index.ts';
import { catalogLog } from './log.ts';
import { catalogManifest } from './manifest.ts';
import { parseSourceRpm } from './source.ts';

const run = (catalog: Catalog, content: string | Uint8Array) => catalogNow(catalog, 'file', content);

/** A write-ahead log with one frame; the frame is of this log when its salt is. */
function buildLog(salt: number): Buffer {
  const bytes = Buffer.alloc(32 + 24 + 4096);
  bytes.writeUInt32BE(0x377f0682, 0);
  bytes.writeUInt32BE(7, 16);
  bytes.writeUInt32BE(salt, 32 + 8);
  return bytes;
}

test('a log with changes that are not in the database is an error', () => {
  expect(() => run(catalogLog, buildLog(7))).toThrowCode('PACKAGE_DATABASE_UNMERGED');
});

test.each([
  ['an empty log', Buffer.alloc(0)],
  ['a log without frames', buildLog(7).subarray(0, 32)],
  ['a log whose frames are from before it was merged', buildLog(8)],
  ['another file', Buffer.alloc(200)],
])('%s says nothing', (_, bytes) => {
  expect(run(catalogLog, bytes)).toEqual([]);
});

const line = [
  'a',
  '1.2-3.cm2',
  '1',
  '2',
  'Microsoft Corporation',
  '(none)',
  '9',
  'x86_64',
  '4',
  'src-1.2-3.cm2.src.rpm',
];

test('a list of packages', () => {
  const bare = ['b', '1-1', '1', '2', '(none)', '(none)', '9', 'noarch', '(none)', '(none)'];
  expect(run(catalogManifest, `${line.join('\t')}\n${bare.join('\t')}\n`)).toEqual([
    {
      kind: 'packages',
      type: 'rpm',
      packages: [
        {
          id: 'a@1.2-3.cm2.x86_64',
          name: 'a',
          version: '1.2',
          release: '3.cm2',
          epoch: 4,
          arch: 'x86_64',
          source: { name: 'src', version: '1.2', release: '3.cm2', epoch: 4 },
          maintainer: 'Microsoft Corporation',
        },
        { id: 'b@1-1.noarch', name: 'b', version: '1', release: '1', arch: 'noarch' },
      ],
    },
  ]);
});

test.each([
  ['too few fields', line.slice(1)],
  ['no release', line.with(1, '1.2')],
  ['no name', line.with(0, '')],
])('a line with %s is damage', (_, fields) => {
  expect(() => run(catalogManifest, fields.join('\t'))).toThrowCode('PACKAGE_DATABASE_INVALID');
});

test('a damaged line is left out and noted', () => {
  const records = run(catalogManifest, `rubbish\n${line.join('\t')}\n`);
  expect(packagesIn(records)).toHaveLength(1);
  expect(records[1]).toMatchObject({ kind: 'coverage', note: { effect: 'incomplete' } });
});

test.each([
  ['a-b-1.0-2.el9.src.rpm', { name: 'a-b', version: '1.0', release: '2.el9' }],
  ['a-1-2.src', { name: 'a', version: '1', release: '2' }],
  ['(none)', undefined],
  ['', undefined],
  ['a.src.rpm', undefined],
  ['-1.src.rpm', undefined],
  ['a-1.src.rpm', undefined],
])('the source %s is %j', (fileName, expected) => {
  expect(parseSourceRpm(fileName)).toEqual(expected);
});

test.each([
  ['rocky', 'rocky'],
  ['sles', 'suse'],
  ['opensuse-leap', 'opensuse'],
])('package URLs of %s are in the namespace %s', (family, namespace) => {
  const pkg = { name: 'A', version: '1', release: '2', epoch: 3, arch: 'noarch', modularityLabel: 'm:1:2:3' };
  expect(rpm.purl(pkg, { family, name: '9.2' })).toEqual({
    type: 'rpm',
    namespace,
    name: 'A',
    version: '1-2',
    qualifiers: { arch: 'noarch', distro: `${family}-9.2`, epoch: '3', modularitylabel: 'm:1:2:3' },
  });
});

test('without a distribution and a release the package URL has neither', () => {
  expect(rpm.purl({ name: 'a', version: '1' }, undefined)).toMatchObject({ version: '1', qualifiers: {} });
});
