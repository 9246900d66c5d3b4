import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inPieces, readAll, temporaryDirectory } from '../../testkit/context.ts';
import {
  appendStream,
  type FileCache,
  fileSpool,
  isShared,
  linkDurably,
  listDirectory,
  makeDirectory,
  makeFileCache,
  memorySpool,
  openSource,
  readWhole,
  removePath,
  removeStaleTemporaries,
  renameDurably,
  spoolStream,
  stageFile,
  statPath,
  streamFile,
  sweep,
  walkFiles,
  writeAtomic,
} from './index.ts';

function fileOf(content: string): string {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, content);
  return path;
}

test('writes whole or not at all', async () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'a', 'b');
  await writeAtomic(path, 'one');
  await writeAtomic(path, inPieces(Buffer.from('two pieces'), 3), { durable: true, mode: 0o640 });
  expect(readFileSync(path, 'utf8')).toBe('two pieces');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new RangeError('the source broke');
  };
  await expect(writeAtomic(path, failing())).rejects.toThrow('the source broke');
  expect(readFileSync(path, 'utf8')).toBe('two pieces');
  expect(readdirSync(join(directory, 'a'))).toEqual(['b']);
});

test('pieces of any size are written in order', async () => {
  const path = join(temporaryDirectory(), 'file');
  const sizes = [1, 700_000, 400_000, 3_000_000, 5, 1_048_576, 0, 1_048_575, 2];
  const pieces = sizes.map((size, index) => Buffer.alloc(size, index));
  const source = async function* (): AsyncGenerator<Buffer> {
    yield* pieces;
  };
  await writeAtomic(path, source());
  expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
});

test('what is written is for its owner only', async () => {
  const directory = temporaryDirectory();
  await writeAtomic(join(directory, 'new', 'file'), 'x');
  expect(statSync(join(directory, 'new')).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'new', 'file')).mode & 0o777).toBe(0o600);
});

test('many writers of one file leave one of their contents', async () => {
  const path = join(temporaryDirectory(), 'file');
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(contents.map((content) => writeAtomic(path, content)));
  expect(contents).toContain(readFileSync(path, 'utf8'));
});

test('what cannot be written is a coded error', async () => {
  const path = fileOf('in the way');
  await expect(writeAtomic(join(path, 'below'), 'x')).rejects.toThrowCode('DISK_UNWRITABLE');
  await expect(makeDirectory(join(path, 'below'))).rejects.toThrowCode('DISK_UNWRITABLE');
  await expect(appendStream(join(path, 'below'), inPieces(Buffer.from('x'), 1))).rejects.toThrowCode('DISK_UNWRITABLE');
  await expect(renameDurably(join(path, 'none'), `${path}2`)).rejects.toThrowCode('DISK_UNWRITABLE');
  mkdirSync(`${path}-directory/full`, { recursive: true });
  await expect(writeAtomic(`${path}-directory`, 'x')).rejects.toThrowCode('DISK_UNWRITABLE');
  expect(readdirSync(join(path, '..')).sort()).toEqual(['file', 'file-directory']);
});

test('a staged file gets its name when told, or goes', async () => {
  const path = join(temporaryDirectory(), 'file');
  const staged = await stageFile(path, 'x');
  expect(existsSync(path)).toBe(false);
  await staged.commit();
  await staged.discard();
  expect(readFileSync(path, 'utf8')).toBe('x');
  await (await stageFile(path, 'y')).discard();
  expect(readdirSync(join(path, '..'))).toEqual(['file']);
});

test('appends, moves and removes', async () => {
  const path = join(temporaryDirectory(), 'a', 'file');
  await appendStream(path, inPieces(Buffer.from('one'), 1));
  await appendStream(path, inPieces(Buffer.from('two'), 2));
  await renameDurably(path, join(path, '..', 'b', 'moved'));
  expect(readFileSync(join(path, '..', 'b', 'moved'), 'utf8')).toBe('onetwo');
  await removePath(join(path, '..'));
  await removePath(join(path, '..'));
  expect(await statPath(join(path, '..'))).toBeUndefined();
});

test('stale temporary files go, others stay', async () => {
  const directory = temporaryDirectory();
  for (const name of ['x.12.0123456789ab.tmp', 'y.tmp', 'z', 'running.12.0123456789ab.tmp']) {
    writeFileSync(join(directory, name), '');
    if (!name.startsWith('running')) utimesSync(join(directory, name), 0, 0);
  }
  await removeStaleTemporaries(directory);
  expect(readdirSync(directory)).toEqual(['running.12.0123456789ab.tmp', 'y.tmp', 'z']);
  await removeStaleTemporaries(join(directory, 'none'));
});

test('reads whole files up to a limit', async () => {
  const path = fileOf('content');
  expect((await readWhole(path, 7)).toString()).toBe('content');
  await expect(readWhole(path, 6)).rejects.toThrowCode('DISK_FILE_TOO_LARGE');
  await expect(readWhole(`${path}x`, 6)).rejects.toThrowCode('DISK_NOT_FOUND');
  await expect(readWhole(join(path, '..'), 1_000_000)).rejects.toThrowCode('DISK_UNREADABLE');
  await expect(readWhole('/dev/zero', 1000)).rejects.toThrowCode('DISK_FILE_TOO_LARGE');
});

test('streams files and parts of them', async () => {
  const path = fileOf('0123456789');
  expect((await readAll(streamFile(path))).toString()).toBe('0123456789');
  expect((await readAll(streamFile(path, { start: 3, length: 4 }))).toString()).toBe('3456');
  expect(await readAll(streamFile(path, { length: 0 }))).toHaveLength(0);
  await expect(readAll(streamFile(`${path}x`))).rejects.toThrowCode('DISK_NOT_FOUND');
  await expect(readAll(streamFile(path, { signal: AbortSignal.abort(new RangeError('stop')) }))).rejects.toThrow(
    'stop',
  );
});

test('a source reads by position and streams, and notices a file that shrinks', async () => {
  const path = fileOf('0123456789');
  const source = openSource(path);
  expect([source.size, Buffer.from(source.read(2, 3)).toString()]).toEqual([10, '234']);
  expect((await readAll(source.stream({ start: 4 }))).toString()).toBe('456789');
  expect((await readAll(source.stream({ start: 4, length: 2 }))).toString()).toBe('45');
  expect(await readAll(source.stream({ length: 0 }))).toHaveLength(0);
  expect(() => source.read(8, 3)).toThrowCode('CORE_READ_PAST_END');
  await expect(readAll(source.stream({ start: 8, length: 3 }))).rejects.toThrowCode('CORE_READ_PAST_END');
  truncateSync(path, 5);
  expect(() => source.read(4, 4)).toThrowCode('CORE_READ_PAST_END');
  await expect(readAll(source.stream({}))).rejects.toThrowCode('CORE_READ_PAST_END');
  source.close();
  expect(() => source.read(0, 1)).toThrowCode('DISK_UNREADABLE');
  expect(() => openSource(`${path}x`)).toThrowCode('DISK_NOT_FOUND');
});

test('several parts of one source stream at the same time', async () => {
  const content = Array.from({ length: 200_000 }, (_, index) => index % 10).join('');
  const source = openSource(fileOf(content));
  const starts = [0, 50_000, 100_000, 150_000];
  const parts = await Promise.all(starts.map((start) => readAll(source.stream({ start, length: 50_000 }))));
  expect(Buffer.concat(parts).toString()).toBe(content);
  source.close();
});

test.each([
  ['memory', () => memorySpool(6)],
  ['a file', fileSpool],
])('spools to %s', (_, make) => {
  const spool = make();
  for (const part of ['ab', 'cd', 'ef']) spool.write(Buffer.from(part));
  const source = spool.finish();
  expect([source.size, Buffer.from(source.read(1, 4)).toString()]).toEqual([6, 'bcde']);
  spool.dispose();
});

test('spools a stream up to a limit', async () => {
  const source = await spoolStream(inPieces(Buffer.from('abcdef'), 2), 6);
  expect(Buffer.from(source.read(0, 6)).toString()).toBe('abcdef');
  source.close();
  await expect(spoolStream(inPieces(Buffer.from('abcdef'), 2), 5)).rejects.toThrowCode('DISK_FILE_TOO_LARGE');
});

test('lists directories', async () => {
  const directory = temporaryDirectory();
  for (const name of ['b', 'a']) writeFileSync(join(directory, name), '');
  expect(await listDirectory(directory)).toEqual(['a', 'b']);
  expect(await listDirectory(join(directory, 'none'))).toEqual([]);
  await expect(listDirectory(join(directory, 'a'))).rejects.toThrowCode('DISK_UNREADABLE');
  expect(await statPath(join(directory, 'a', 'below'))).toBeUndefined();
});

/** Takes away what a walk has listed but not looked at yet. */
function removeNow(root: string): void {
  rmSync(join(root, 'gone'), { force: true });
  rmSync(join(root, 'removed'), { recursive: true, force: true });
}

function cacheIn(directory: string): FileCache {
  return makeFileCache({ directory, maxSize: 10_000, maxEntry: 1000 });
}

/** Paths of the entries of a cache. */
function entriesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'last-sweep')
    .map((entry) => join(entry.parentPath, entry.name));
}

test('a cache gives back what was put', async () => {
  const directory = temporaryDirectory();
  const cache = cacheIn(directory);
  expect(await cache.get('key')).toBeUndefined();
  await cache.put('key', 'välue');
  await cache.put('empty', '');
  expect((await cacheIn(directory).get('key'))?.toString()).toBe('välue');
  expect((await cache.get('empty'))?.toString()).toBe('');
  await cache.put('key', 'newer');
  expect((await cache.get('key'))?.toString()).toBe('newer');
});

test('a damaged entry is no entry', async () => {
  const directory = temporaryDirectory();
  const cache = cacheIn(directory);
  await cache.put('key', 'value');
  const [path = ''] = entriesOf(directory);
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    expect(await cache.get('key')).toBeUndefined();
  }
  for (let at = 0; at < whole.length; at++) {
    const copy = Buffer.from(whole);
    copy.writeUInt8((copy[at] as number) ^ 4, at);
    writeFileSync(path, copy);
    expect(await cache.get('key')).toBeUndefined();
  }
  writeFileSync(path, Buffer.alloc(5000));
  expect(await cache.get('key')).toBeUndefined();
});

test('a cache that cannot be read is empty', async () => {
  expect(await cacheIn(join(fileOf('in the way'), 'below')).get('key')).toBeUndefined();
});

test('what was used longest ago goes first', async () => {
  const directory = temporaryDirectory();
  const options = { directory, maxSize: 450, maxEntry: 1000 };
  for (const age of [30, 10, 20]) {
    const path = join(directory, String(age));
    writeFileSync(path, Buffer.alloc(200));
    utimesSync(path, new Date(Date.now() - age * 60_000), new Date(Date.now() - age * 60_000));
  }
  await sweep(options);
  expect(readdirSync(directory).sort()).toEqual(['10', '20']);
  await sweep({ ...options, directory: join(directory, 'none') });
});

test('a cache sweeps by itself, and using an entry keeps it', async () => {
  const directory = temporaryDirectory();
  const cache = makeFileCache({ directory, maxSize: 700, maxEntry: 1000 });
  for (const key of ['one', 'two', 'three']) await cache.put(key, key.repeat(50));
  const old = new Date(Date.now() - 7_200_000);
  for (const path of [...entriesOf(directory), join(directory, 'last-sweep')]) utimesSync(path, old, old);
  await cache.get('one');
  await cache.put('four', 'four'.repeat(50));
  expect(await cache.get('one')).toBeDefined();
  expect(await cache.get('four')).toBeDefined();
  expect(entriesOf(directory).length).toBeLessThan(4);
});

test('walks regular files in order, without following links', async () => {
  const root = temporaryDirectory();
  for (const path of ['b/2', 'b/1', 'a', 'skipped/x', 'c/d/e']) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  symlinkSync('/etc', join(root, 'link'));
  chmodSync(join(root, 'a'), 0o755);
  const files = await Array.fromAsync(
    walkFiles(root, {
      skipDirectory: (path) => path === 'skipped',
      wants: (path) => path !== 'b/1',
      onUnreadable: () => {},
    }),
  );
  expect(files.map(({ path }) => path)).toEqual(['a', 'b/2', 'c/d/e']);
  expect(files[0]).toMatchObject({ absolutePath: join(root, 'a'), size: 1, mode: 0o755 });
});

test('a walk goes on past what cannot be read, but not without its root', async () => {
  const root = temporaryDirectory();
  writeFileSync(join(root, 'last'), '');
  writeFileSync(join(root, 'gone'), '');
  mkdirSync(join(root, 'removed'));
  const unreadable: string[] = [];
  const options = {
    skipDirectory: () => false,
    wants: (path: string) => {
      if (path === 'gone') removeNow(root);
      return true;
    },
    onUnreadable: (path: string, error: unknown) => void unreadable.push(`${path} ${(error as { code: string }).code}`),
  };
  const files = await Array.fromAsync(walkFiles(root, options));
  expect(files.map(({ path }) => path)).toEqual(['last']);
  expect(unreadable).toEqual(['gone DISK_NOT_FOUND', 'removed DISK_NOT_FOUND']);
  await expect(Array.fromAsync(walkFiles(join(root, 'none'), options))).rejects.toThrowCode('DISK_NOT_FOUND');
});

test('a stretch whose reader stops leaves the source open', async () => {
  const path = join(temporaryDirectory(), 'long');
  writeFileSync(path, Buffer.alloc(2 ** 21, 'x'));
  const source = openSource(path);
  for await (const chunk of source.stream({})) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(source.read(2 ** 21 - 1, 1).toString()).toBe('x');
  source.close();
});

test('links give bytes one more name, in place of what had it', async () => {
  const root = temporaryDirectory();
  const [one, two, staging] = ['one', 'deep/two', 'staging'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  expect(await linkDurably(one, two, staging)).toBe(false);
  await writeAtomic(one, 'bytes');
  await writeAtomic(two, 'other');
  expect(await isShared(one)).toBe(false);
  for (const _ of ['once', 'again']) expect(await linkDurably(one, two, staging)).toBe(true);
  expect(readFileSync(two, 'utf8')).toBe('bytes');
  expect(await isShared(one)).toBe(true);
  expect(readdirSync(staging)).toEqual([]);
  await expect(linkDurably(one, join(one, 'below'), staging)).rejects.toThrowCode('DISK_UNWRITABLE');
  expect(readdirSync(staging)).toEqual([]);
});

test.runIf(existsSync('/dev/shm'))('where no link can be made, bytes are copied', async () => {
  const other = mkdtempSync('/dev/shm/plimsoll-test-');
  onTestFinished(() => rmSync(other, { recursive: true }));
  const root = temporaryDirectory();
  await writeAtomic(join(other, 'one'), 'bytes');
  expect(await linkDurably(join(other, 'one'), join(root, 'two'), join(root, 'staging'))).toBe(true);
  expect(readFileSync(join(root, 'two'), 'utf8')).toBe('bytes');
});
