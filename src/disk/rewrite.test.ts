import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../testkit/context.ts';
import { readRewritable } from './rewrite.ts';

function makeFile(): { root: string; path: string } {
  const root = temporaryDirectory();
  const path = join(root, 'file');
  writeFileSync(path, 'old');
  return { root, path };
}

test.each([0o600, 0o664, 0o755])('a file is replaced with its mode %o, and nothing is left beside it', async (mode) => {
  const { root, path } = makeFile();
  chmodSync(path, mode);
  const file = await readRewritable(path, root, 100);
  expect(file.bytes.toString()).toBe('old');
  await file.replace(Buffer.from('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(statSync(path).mode & 0o7777).toBe(mode);
  expect(readdirSync(root)).toEqual(['file']);
});

test('a file that was changed meanwhile is left', async () => {
  const { root, path } = makeFile();
  const file = await readRewritable(path, root, 100);
  writeFileSync(path, 'ald');
  await expect(file.replace(Buffer.from('new'))).rejects.toMatchObject({ code: 'DISK_FILE_CHANGED' });
  expect(readFileSync(path, 'utf8')).toBe('ald');
  unlinkSync(path);
  await expect(file.replace(Buffer.from('new'))).rejects.toMatchObject({ code: 'DISK_NOT_FOUND' });
  expect(readdirSync(root)).toEqual([]);
});

test('a link within the root is written through, one that leaves it is refused', async () => {
  const { root, path } = makeFile();
  const inner = join(root, 'inner');
  mkdirSync(inner);
  symlinkSync('../file', join(inner, 'link'));
  const file = await readRewritable(join(inner, 'link'), root, 100);
  await file.replace(Buffer.from('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
  await expect(readRewritable(join(inner, 'link'), inner, 100)).rejects.toMatchObject({ code: 'DISK_OUTSIDE_ROOT' });
});

test('a link that is put in meanwhile is not followed out of the root', async () => {
  const { root, path } = makeFile();
  const outside = makeFile();
  const file = await readRewritable(path, root, 100);
  unlinkSync(path);
  symlinkSync(outside.path, path);
  await expect(file.replace(Buffer.from('new'))).rejects.toMatchObject({ code: 'DISK_OUTSIDE_ROOT' });
  expect(readFileSync(outside.path, 'utf8')).toBe('old');
});

test('a file that is not there or too large is a coded error', async () => {
  const { root, path } = makeFile();
  await expect(readRewritable(`${path}x`, root, 100)).rejects.toMatchObject({ code: 'DISK_NOT_FOUND' });
  await expect(readRewritable(path, root, 2)).rejects.toMatchObject({ code: 'DISK_FILE_TOO_LARGE' });
});
