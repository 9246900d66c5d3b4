import { expect, test } from 'vitest';
import { filed, makeTree, packagesOf } from '../../testkit/inventory.ts';
import type { TreeInventory } from '../core/index.ts';
import { mergeTrees } from './merge.ts';

const lower = makeTree({
  records: ['app/a.lock', 'app/sub/b.lock', 'etc/c'].map((path) => filed(path, packagesOf('lib-lock', 'x@1'))),
});

const cases: readonly (readonly [name: string, upper: Partial<TreeInventory>, visible: readonly string[]])[] = [
  ['an empty layer hides nothing', {}, ['app/a.lock', 'app/sub/b.lock', 'etc/c']],
  ['a whiteout deletes a file', { whiteouts: ['app/a.lock'] }, ['app/sub/b.lock', 'etc/c']],
  ['a whiteout deletes a directory', { whiteouts: ['app'] }, ['etc/c']],
  [
    'a whiteout of a name is not one of its prefix',
    { whiteouts: ['app/a'] },
    ['app/a.lock', 'app/sub/b.lock', 'etc/c'],
  ],
  ['an opaque directory hides what lies below', { opaqueDirectories: ['app'] }, ['etc/c']],
  ['an opaque root hides all', { opaqueDirectories: [''] }, []],
  ['a link in place of a directory hides it', { replaced: ['app/sub'] }, ['app/a.lock', 'etc/c']],
  ['a file of which nothing is recorded still replaces', { overwritten: ['etc/c'] }, ['app/a.lock', 'app/sub/b.lock']],
];

test.each(cases)('%s', (_, upper, visible) => {
  const merged = mergeTrees([{ tree: lower }, { tree: makeTree(upper) }]);
  expect(merged.map(({ path }) => path)).toEqual(visible);
});

test('a deletion does not reach files of its own layer or above', () => {
  const again = filed('app/a.lock', packagesOf('lib-lock', 'x@2'));
  const merged = mergeTrees([{ tree: lower }, { tree: makeTree({ whiteouts: ['app'], records: [again] }) }]);
  expect(merged.map(({ path, layer }) => [path, layer])).toEqual([
    ['app/a.lock', 1],
    ['etc/c', 0],
  ]);
});

test('the newest content of a path counts, all its records together', () => {
  const upper = [filed('etc/c', packagesOf('lib-lock', 'y@1')), filed('etc/c', packagesOf('lib-pkg', 'z@1'))];
  const merged = mergeTrees([{ tree: lower }, { tree: makeTree({ records: upper }) }]);
  expect(merged.filter(({ path }) => path === 'etc/c').map(({ record, layer }) => [record.kind, layer])).toEqual([
    ['packages', 1],
    ['packages', 1],
  ]);
});
