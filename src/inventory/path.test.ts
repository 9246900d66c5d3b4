import { expect, test } from 'vitest';
import { ancestors, cleanPath, parseLayerPath } from './path.ts';

test.each([
  ['etc/passwd', 'etc/passwd'],
  ['./etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['.//etc///passwd', 'etc/passwd'],
  ['etc/./x/../passwd', 'etc/passwd'],
  ['etc/', 'etc'],
  ['./', ''],
  ['', ''],
  ['a/..b/c..', 'a/..b/c..'],
  ['../etc/passwd', undefined],
  ['a/../../etc/passwd', undefined],
  ['..', undefined],
])('cleanPath(%j) is %j', (name, expected) => {
  expect(cleanPath(name)).toBe(expected);
});

test.each([
  ['app/file', { kind: 'plain', path: 'app/file' }],
  ['app/.wh.file', { kind: 'whiteout', path: 'app/file' }],
  ['.wh.file', { kind: 'whiteout', path: 'file' }],
  ['./app/.wh..wh..opq', { kind: 'opaque', path: 'app' }],
  ['.wh..wh..opq', { kind: 'opaque', path: '' }],
  ['app/.wh..wh.plnk/1.2', { kind: 'plain', path: 'app/.wh..wh.plnk/1.2' }],
  ['app/.wh..wh.aufs', { kind: 'ignored' }],
  ['../.wh.file', { kind: 'escapes' }],
])('parseLayerPath(%j)', (name, expected) => {
  expect(parseLayerPath(name)).toEqual(expected);
});

test('ancestors go from the nearest directory to the root', () => {
  expect([...ancestors('a/b/c')]).toEqual(['a/b', 'a']);
  expect([...ancestors('a')]).toEqual([]);
});
