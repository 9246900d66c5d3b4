import { expect, test } from 'vitest';
import { damagedFiles } from '../../../testkit/damage.ts';
import { buildSqlite } from '../../../testkit/sqlite.ts';
import { isAppError } from '../../core/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { openSqlite, type SqliteRow } from './index.ts';

function rowsOf(bytes: Uint8Array, table = 't'): SqliteRow[] {
  return [...(openSqlite(memorySource(bytes)).table(table)?.rows() ?? [])];
}

/** A table `t` with as many rows as `sizes`, each with a blob of that size. */
function withBlobs(sizes: readonly number[], pragmas = ''): Buffer {
  return buildSqlite((database) => {
    database.exec(`${pragmas}; CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB)`);
    const insert = database.prepare('INSERT INTO t (data) VALUES (?)');
    database.exec('BEGIN');
    for (const [index, size] of sizes.entries()) insert.run(Buffer.alloc(size, index));
    database.exec('COMMIT');
  });
}

test.each([512, 1024, 4096, 65_536])('rows in pages of %i bytes, and those that overflow, come whole', (pageSize) => {
  const sizes = [
    0,
    1,
    pageSize - 60,
    pageSize - 35,
    pageSize - 30,
    pageSize,
    pageSize * 3 + 17,
    ...Array(3000).fill(20),
  ];
  const rows = rowsOf(withBlobs(sizes, `PRAGMA page_size = ${pageSize}`));
  expect(rows.map(({ values }) => (values[1] as Buffer).length)).toEqual(sizes);
  expect(rows.every(({ rowId, values }) => (values[1] as Buffer).every((byte) => byte === ((rowId - 1) & 255)))).toBe(
    true,
  );
});

test.each(['UTF-8', 'UTF-16le', 'UTF-16be'])('values of every type are read from a database in %s', (encoding) => {
  const bytes = buildSqlite((database) => {
    database.exec(`PRAGMA encoding = '${encoding}'; CREATE TABLE "Ünits" (a, b, c, d, e, f, g, h, i, j)`);
    const insert = database.prepare('INSERT INTO "Ünits" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    insert.run(null, 0, 1, -129, 2 ** 40, -(2n ** 62n), 1.5, 'häuser 🚢', Buffer.from([1, 2]), 8_388_608);
  });
  const values = [null, 0, 1, -129, 2 ** 40, -(2n ** 62n), 1.5, 'häuser 🚢', Buffer.from([1, 2]), 8_388_608];
  expect(rowsOf(bytes, 'Ünits')).toEqual([{ rowId: 1, values }]);
});

test('gaps in row ids, deleted rows and empty tables', () => {
  const bytes = buildSqlite((database) => {
    database.exec('CREATE TABLE t (a); CREATE TABLE empty (a); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT 1');
    for (let id = 1; id <= 500; id++)
      database.exec(`INSERT INTO t (rowid, a) VALUES (${id * 1000}, '${'x'.repeat(40)}')`);
    database.exec('DELETE FROM t WHERE rowid > 3000');
  });
  expect(rowsOf(bytes).map(({ rowId }) => rowId)).toEqual([1000, 2000, 3000]);
  expect(rowsOf(bytes, 'empty')).toEqual([]);
  const database = openSqlite(memorySource(bytes));
  expect(database.tables().map(({ name }) => name)).toEqual(['t', 'empty']);
  expect(database.table('i') ?? database.table('v')).toBeUndefined();
  expect(database.table('T')?.sql).toBe('CREATE TABLE t (a)');
});

test('a write-ahead log is noticed', () => {
  expect(openSqlite(memorySource(withBlobs([1]))).header.writeAheadLog).toBe(false);
  expect(openSqlite(memorySource(withBlobs([1], 'PRAGMA journal_mode = WAL'))).header.writeAheadLog).toBe(true);
});

const sound = withBlobs([...Array(200).fill(30), 5000], 'PRAGMA page_size = 512');

function patched(offset: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(sound);
  copy.set(bytes, offset);
  return copy;
}

/** The root of `t` is page 2 and, with 200 rows in pages of 512 bytes, a branch. */
const root = 512;

test.each([
  ['another kind of file', Buffer.from('x'.repeat(600)), 'CODEC_SQLITE_INVALID'],
  ['a header cut short', sound.subarray(0, 60), 'CODEC_TRUNCATED'],
  ['fewer pages than announced', sound.subarray(0, 2048), 'CODEC_TRUNCATED'],
  ['less than one page', patched(16, 0x40, 0).subarray(0, 2048), 'CODEC_TRUNCATED'],
  ['a page size that is no power of two', patched(16, 0x02, 0x01), 'CODEC_SQLITE_INVALID'],
  ['no room in pages', patched(20, 255), 'CODEC_SQLITE_INVALID'],
  ['an unknown version', patched(19, 9), 'CODEC_SQLITE_INVALID'],
  ['an unknown encoding', patched(56, 0, 0, 0, 9), 'CODEC_SQLITE_INVALID'],
  ['a root that is no table', patched(root, 0x02), 'CODEC_SQLITE_INVALID'],
  ['more cells than a page holds', patched(root + 3, 0xff, 0xff), 'CODEC_SQLITE_INVALID'],
  ['a cell outside of its page', patched(root + 12, 0xff, 0xff), 'CODEC_SQLITE_INVALID'],
  ['a branch that leads to itself', patched(root + 8, 0, 0, 0, 2), 'CODEC_SQLITE_INVALID'],
  ['a branch that leads out of the file', patched(root + 8, 0, 0, 0xff, 0), 'CODEC_SQLITE_INVALID'],
])('%s is a coded error', (_, bytes, code) => {
  expect(() => rowsOf(bytes)).toThrowCode(code);
});

test('cells that share bytes are an error, however many point there', () => {
  const page = Buffer.from(withBlobs([400, 10, 10, 10], 'PRAGMA page_size = 512'));
  for (let cell = 1; cell < 4; cell++) page.copy(page, 512 + 8 + cell * 2, 512 + 8, 512 + 10);
  expect(() => rowsOf(page)).toThrowCode('CODEC_SQLITE_INVALID');
});

test('a row that says it is larger than the limit is an error', () => {
  const page = withBlobs([10], 'PRAGMA page_size = 512');
  const cell = 512 + page.readUInt16BE(512 + 8);
  page.set([0x88, 0x80, 0x80, 0x80, 0x01], cell);
  expect(() => rowsOf(page)).toThrowCode('CODEC_LIMIT');
});

test('damage anywhere gives rows or coded errors', () => {
  for (const { damage, bytes } of damagedFiles(sound, 200)) {
    try {
      for (const table of openSqlite(memorySource(bytes)).tables()) for (const _ of table.rows());
    } catch (error) {
      expect(isAppError(error), `${damage}: ${error}`).toBe(true);
    }
  }
});
