import { expect, test } from 'vitest';
import type { CatalogerDescriptor, FileMatcher } from '../core/index.ts';
import { makeSelector } from './select.ts';

function cataloger(
  id: string,
  files: readonly FileMatcher[],
  accepts?: CatalogerDescriptor['accepts'],
): CatalogerDescriptor {
  const descriptor = { id, version: 1, title: id, trees: ['installed' as const], files, onFailure: 'note' as const };
  return { ...descriptor, load: async () => () => [], ...(accepts !== undefined && { accepts }) };
}

const selector = makeSelector([
  cataloger('exact', [{ path: 'var/lib/status' }]),
  cataloger('basename', [{ basename: 'package.json' }]),
  cataloger('suffix', [{ suffix: '.jar', ignoreCase: true }, { suffix: '.txt' }]),
  cataloger('directory', [{ directory: 'var/lib/status.d' }, { directory: 'usr/share/doc', suffix: '/copyright' }]),
  cataloger('executable', [{ executable: true }]),
  cataloger('picky', [{ basename: 'package.json' }], ({ path }) => path.includes('node_modules')),
]);

test.each([
  ['var/lib/status', 0o644, ['exact']],
  ['other/var/lib/status', 0o644, []],
  ['package.json', 0o644, ['basename']],
  ['a/node_modules/b/package.json', 0o644, ['basename', 'picky']],
  ['app/X.JAR', 0o644, ['suffix']],
  ['app/X.TXT', 0o644, []],
  ['var/lib/status.d/libc6', 0o644, ['directory']],
  ['var/lib/status.data', 0o644, []],
  ['usr/share/doc/libc6/copyright', 0o644, ['directory']],
  ['usr/share/doc/libc6/changelog', 0o644, []],
  ['usr/bin/tool', 0o755, ['executable']],
  ['app/tool.jar', 0o755, ['suffix', 'executable']],
])('%s with mode %o goes to %j', (path, mode, expected) => {
  expect(selector.select({ path, size: 1, mode }).map(({ id }) => id)).toEqual(expected);
});

test('a cataloger that several of its matchers fit is asked once', () => {
  const twice = makeSelector([cataloger('twice', [{ basename: 'a.txt' }, { suffix: '.txt' }])]);
  expect(twice.select({ path: 'a.txt', size: 1, mode: 0 })).toHaveLength(1);
});

test('without catalogers of executables only names are wanted', () => {
  const named = makeSelector([cataloger('basename', [{ basename: 'go.mod' }])]);
  expect([named.wants('a/go.mod'), named.wants('a/go.sum'), selector.wants('anything')]).toEqual([true, false, true]);
});
