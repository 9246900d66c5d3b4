export { openSqlite } from './database.ts';
export { isSqlite } from './pages.ts';
export type { SqliteRow } from './table.ts';
