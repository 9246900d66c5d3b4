import type { ByteSource } from '../../core/index.ts';
import { PageReader, readHeader, type SqliteHeader } from './pages.ts';
import { type SqliteRow, walkTable } from './table.ts';

/** A table of a database, read row by row. */
export interface SqliteTable {
  readonly name: string;
  /** The statement that created it. */
  readonly sql: string;
  /** @throws CODEC_SQLITE_INVALID, CODEC_LIMIT */
  rows(): Generator<SqliteRow, void, undefined>;
}

/**
 * Read-only access to the tables of a SQLite database, page by page and without a SQL engine, so that nothing in a
 * hostile file is executed. Tables WITHOUT ROWID, views and virtual tables cannot be read.
 */
export interface SqliteDatabase {
  readonly header: SqliteHeader;
  /** In the order of the schema. @throws CODEC_SQLITE_INVALID, CODEC_LIMIT */
  tables(): SqliteTable[];
  /** Names have no case. @throws CODEC_SQLITE_INVALID, CODEC_LIMIT */
  table(name: string): SqliteTable | undefined;
}

/** The page where the schema begins (section 2.6, "Storage Of The SQL Database Schema"). */
const schemaRoot = 1;

/** @throws CODEC_SQLITE_INVALID, CODEC_TRUNCATED */
export function openSqlite(source: ByteSource): SqliteDatabase {
  const header = readHeader(source);
  const tables = (): SqliteTable[] =>
    [...walkTable(new PageReader(source, header), schemaRoot)].flatMap((row) => toTable(row, source, header));
  return {
    header,
    tables,
    table: (name) => tables().find((table) => table.name.toLowerCase() === name.toLowerCase()),
  };
}

/** The table that a row of the schema describes: type, name, table name, root page, statement. */
function toTable(row: SqliteRow, source: ByteSource, header: SqliteHeader): SqliteTable[] {
  const [type, name, , root, sql] = row.values;
  if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || root === 0) return [];
  return [
    {
      name,
      sql: typeof sql === 'string' ? sql : '',
      rows: () => walkTable(new PageReader(source, header), root),
    },
  ];
}
