import { expect, test } from 'vitest';
import { makeSkip } from './skip.ts';

test.each<[readonly string[], readonly string[], readonly string[], readonly string[]]>([
  [[], [], [], ['a', 'a/b']],
  [['a/b'], [], ['a/b'], ['a', 'a/b/c', 'x/a/b', 'a/bb']],
  [['/a/b', './c'], [], ['a/b', 'c'], ['x/c']],
  [['**/b'], [], ['b', 'a/b', 'x/a/b'], ['a/bb', 'b/c', 'ab']],
  [['*.log'], [], ['x.log'], ['a/x.log', 'x.logs']],
  [['**/*.log'], [], ['x.log', 'a/.b/x.log'], ['x']],
  [['{a,b}/c'], [], ['a/c', 'b/c'], ['c/c']],
  [[], ['a'], ['a', 'a/b', 'a/b/c'], ['ab', 'x/a']],
  [[], ['a/'], ['a', 'a/b'], ['ab']],
  [[], ['a/b'], ['a/b', 'a/b/c'], ['a', 'a/bc']],
  [[], ['**/.git'], ['.git', '.git/x', 'a/.git/x/y'], ['.gitignore', 'a/.github/x']],
  [[], ['a*'], ['a', 'ab', 'ab/c/d'], ['x/ab']],
  [['b'], ['**/c'], ['b', 'c', 'x/c/b'], ['x/b']],
])('files %j and directories %j leave out %j but not %j', async (skipFiles, skipDirs, left, kept) => {
  const skip = await makeSkip({ skipFiles, skipDirs });
  expect([...left, ...kept].filter(skip)).toEqual(left);
});
