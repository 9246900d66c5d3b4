import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { writeTree } from '../../testkit/tree.ts';
import { findCases } from './corpus.ts';
import { parseOptions } from './options.ts';
import { formatOutcomes } from './print.ts';
import { runCases } from './run.ts';

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

const tree = {
  'images/one/index.json': '{}',
  'images/two.tar': '',
  'images/three/index.json': '{}',
  'db-A/db/metadata.json': '{}',
  'db-B/db/metadata.json': '{}',
  'db-C/db/metadata.json': '{}',
  'trivy-A/one.json': '{}',
  'trivy-A/one.cdx.json': '{}',
  'trivy-A/two.json': '{}',
  'trivy-B/two.tar.json': '{}',
  'trivy-B/gone.json': '{}',
};

test('images, databases and references are put together by name and letter', () => {
  root = writeTree(tree);
  const { cases, unpaired } = findCases({ directory: root, only: [], json: false, limit: 10 });
  const shown = cases.map(({ name, cacheDir, reference }) =>
    [name, cacheDir, reference].map((path) => path.replace(`${root}/`, '')),
  );
  expect(shown).toEqual([
    ['one', 'db-A', 'trivy-A/one.json'],
    ['two', 'db-A', 'trivy-A/two.json'],
    ['two', 'db-B', 'trivy-B/two.tar.json'],
  ]);
  expect(unpaired.map((line) => line.replaceAll(`${root}/`, ''))).toEqual([
    'no reference in trivy-A for the image three',
    'no reference in trivy-B for the image one',
    'no reference in trivy-B for the image three',
    'no image for trivy-B/gone.json',
  ]);
});

test('folders given by name take the place of those looked for', () => {
  root = writeTree(tree);
  const given = { images: join(root, 'images'), cacheDir: join(root, 'db-C'), reference: join(root, 'trivy-A') };
  const { cases } = findCases({ directory: '/nowhere', only: ['two'], json: false, limit: 10, ...given });
  expect(cases.map(({ name, cacheDir }) => [name, cacheDir])).toEqual([['two', given.cacheDir]]);
});

test('an image that cannot be scanned is an outcome, and the database is left as it was', async () => {
  root = writeTree(tree);
  const { cases } = findCases({ directory: root, only: ['one'], json: false, limit: 10 });
  const [outcome] = await runCases(cases, root);
  expect(outcome).toMatchObject({ name: 'one', reference: 'trivy-A/one.json', equal: false });
  expect(outcome?.error).toMatch(/^[A-Z]+_[A-Z_]+: /);
});

test('the command line', () => {
  expect(parseOptions(['dir', '--only', 'a', '--only', 'b', '--limit', '3', '--json'])).toEqual({
    directory: 'dir',
    only: ['a', 'b'],
    limit: 3,
    json: true,
  });
  expect(parseOptions([])).toEqual({ directory: '.', only: [], limit: 10, json: false });
});

test.each([[['--help']], [['--moon']], [['a', 'b']], [['--limit', 'x']]])('%j asks for help', (args) => {
  expect(parseOptions(args)).toBeUndefined();
});

test('the table has one line for each image, differences follow', () => {
  const none = { equal: 1, missing: [], extra: [] };
  const text = formatOutcomes(
    [
      {
        name: 'one',
        reference: 'r/one.json',
        milliseconds: 12,
        equal: true,
        difference: { packages: none, findings: none, fields: [] },
      },
      {
        name: 'second',
        reference: 'r/second.json',
        milliseconds: 7,
        equal: false,
        difference: { packages: { ...none, missing: ['p1', 'p2'] }, findings: { ...none, extra: ['f1'] }, fields: [] },
      },
      { name: 'third', reference: 'r/third.json', milliseconds: 1, equal: false, error: 'OCI_X: no' },
    ],
    2,
  );
  expect(text).toBe(`image   packages = - +  findings = - +  fields  ms
one     1 0 0           1 0 0           0       12  equal
second  1 2 0           1 0 1           0       7   DIFFERS
third                                           1   FAILED

second (r/second.json)
  - package p1
  - package p2
  and 1 more (--json shows all)

third (r/third.json)
  OCI_X: no`);
});
