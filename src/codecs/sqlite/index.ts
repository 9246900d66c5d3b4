export { openSqlite, type SqliteDatabase, type SqliteTable } from './database.ts';
export type { SqliteHeader } from './pages.ts';
export type { SqliteValue } from './record.ts';
export type { SqliteRow } from './table.ts';
