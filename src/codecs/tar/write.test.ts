import { expect, test } from 'vitest';
import { buildEntry } from '../../../testkit/tar.ts';
import type { TarEntry } from './entry.ts';
import { TarWalker } from './walk.ts';
import { tarEnd, tarHead, tarPadding, type WrittenHeader } from './write.ts';

/** What our own reader makes of entries without content. */
function read(...heads: readonly Buffer[]): TarEntry[] {
  const entries: TarEntry[] = [];
  const walker = new TarWalker((entry) => {
    entries.push(entry);
    return undefined;
  });
  walker.push(Buffer.concat([...heads, tarEnd]));
  walker.finish();
  return entries;
}

test('a file has the header that other writers give it', () => {
  const content = Buffer.from('x'.repeat(700));
  const written = [tarHead({ name: 'a/b', type: '0', mode: 0o644, size: 700 }), content, tarPadding(700)];
  const other = buildEntry({ path: 'a/b', content });
  // Numbers of devices are zero in words, or nothing at all.
  const devices = (bytes: Buffer): Buffer =>
    Buffer.concat([bytes.subarray(0, 148), bytes.subarray(156, 329), bytes.subarray(345)]);
  expect(devices(Buffer.concat(written))).toEqual(devices(other));
});

test.each<[string, Partial<WrittenHeader>, ReadonlyMap<string, string>, Partial<TarEntry>]>([
  ['a long name', { name: 'x'.repeat(300) }, new Map([['path', 'x'.repeat(300)]]), { path: 'x'.repeat(300) }],
  ['a name with other letters', { name: 'ä' }, new Map([['path', 'ä']]), { path: 'ä' }],
  ['a link', { type: '2', linkName: 'target' }, new Map(), { type: 'symlink', linkPath: 'target' }],
  ['a directory', { name: 'etc', type: '5', mode: 0o755 }, new Map(), { type: 'directory', mode: 0o755 }],
  ['records of its own', {}, new Map([['SCHILY.xattr.user.a', 'b\0c\n']]), { path: 'a' }],
])('%s is read back', (_, header, records, expected) => {
  expect(read(tarHead({ name: 'a', type: '0', size: 0, ...header }, records))).toMatchObject([expected]);
});

test('what has no room in the header is zero there, and a size has its record', () => {
  const head = tarHead({ name: 'a', type: '0', size: 2 ** 33, uid: 2 ** 21, mtime: -1 });
  const [pax, data, main] = [head.subarray(0, 512), head.subarray(512, 1024), head.subarray(1024)];
  expect(pax.toString('latin1', 0, 14)).toBe('PaxHeaders.0/a');
  expect(data.toString('latin1')).toMatch(/^19 size=8589934592\n\0+$/);
  expect([main.toString('latin1', 108, 115), main.toString('latin1', 124, 135)]).toEqual(['0000000', '00000000000']);
});

test('a name that is cut does not end as a directory', () => {
  const name = `${'d'.repeat(99)}/file`;
  expect(tarHead({ name, type: '0', size: 0 }).toString('latin1', 0, 100)).toBe(`${'d'.repeat(99)}\0`);
});
