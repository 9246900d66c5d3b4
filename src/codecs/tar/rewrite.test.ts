import { expect, test } from 'vitest';
import { buildTar, sign, type TarEntrySpec } from '../../../testkit/tar.ts';
import { parsePax } from './pax.ts';
import { rewriteHead } from './rewrite.ts';
import { TarWalker } from './walk.ts';

/** The head that an entry is given under a name, after a change to its first block. */
function rewrite(entry: TarEntrySpec, name = entry.path, change: (block: Buffer) => void = () => undefined): Buffer {
  const tar = buildTar([entry]);
  change(tar);
  sign(tar);
  let head: Buffer = Buffer.alloc(0);
  const walker = new TarWalker((found, raw) => {
    head = rewriteHead(found, raw, name);
    return undefined;
  });
  walker.push(tar);
  walker.finish();
  return head;
}

function recordsOf(head: Buffer): Record<string, string> {
  if (head.length === 512) return {};
  return Object.fromEntries(
    parsePax(head.subarray(512, 512 + Number.parseInt(head.toString('latin1', 124, 135), 8)), 0),
  );
}

const field = (head: Buffer, start: number, end: number): string =>
  head
    .subarray(head.length - 512)
    .toString('latin1', start, end)
    .replace(/\0.*$/s, '');

test('times keep their fractions, and no zeros behind them', () => {
  const head = rewrite({
    path: 'a',
    pax: [
      ['mtime', '12.500'],
      ['atime', '3.0'],
      ['ctime', '4.1234567891'],
    ],
  });
  expect(recordsOf(head)).toEqual({ mtime: '12.5', atime: '3', ctime: '4.123456789' });
  expect(field(head, 136, 147)).toBe('00000000014');
});

test('records of others stay, those that are wrong or say what the header says go', () => {
  const pax = [
    ['SCHILY.xattr.user.a', 'b'],
    ['VENDOR.x', 'y'],
    ['uid', 'x'],
    ['mtime', 'soon'],
    ['path', 'a'],
  ] as const;
  expect(recordsOf(rewrite({ path: 'a', pax }, 'b'))).toEqual({ 'SCHILY.xattr.user.a': 'b', 'VENDOR.x': 'y' });
});

test('owners with large numbers or other letters get records', () => {
  const head = rewrite({
    path: 'a',
    pax: [
      ['uid', '3000000'],
      ['uname', 'jörg'],
      ['gid', '7'],
    ],
  });
  expect(recordsOf(head)).toEqual({ uid: '3000000', uname: 'jörg', gid: '7' });
  expect([field(head, 108, 115), field(head, 116, 123), field(head, 265, 297)]).toEqual(['0000000', '0000007', 'jrg']);
});

test('a long name goes into the header where it fits, else into a record', () => {
  const name = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
  const split = rewrite({ path: 'a' }, name);
  expect([split.length, field(split, 0, 100), field(split, 345, 500)]).toEqual([512, 'f'.repeat(90), 'd'.repeat(90)]);
  const other = 'f'.repeat(150);
  expect(recordsOf(rewrite({ path: 'a' }, other))).toEqual({ path: other });
  expect(recordsOf(rewrite({ path: 'a', pax: [['x.y', 'z']] }, name))).toEqual({ path: name, 'x.y': 'z' });
});

test('the times that GNU keeps in the header become records', () => {
  const head = rewrite({ path: 'a', format: 'gnu' }, 'a', (block) => {
    block.write('ustar  \0', 257, 'latin1');
    block.write('00000000017\0', 345, 'latin1');
    block.write('00000000020\0', 357, 'latin1');
  });
  expect(recordsOf(head)).toEqual({ atime: '15', ctime: '16' });
});

test('V7 has neither names of owners nor devices, and directories end with a slash', () => {
  const strip = (block: Buffer): void => {
    block.fill(0, 257, 500);
    block.write('junk', 270, 'latin1');
  };
  const head = rewrite({ path: 'd/', type: 'v7' }, 'd', strip);
  expect([field(head, 156, 157), field(head, 265, 297), field(head, 0, 100)]).toEqual(['5', '', 'd']);
});
