import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The bytes of a database that SQLite itself writes. */
export function buildSqlite(write: (database: DatabaseSync) => void): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-sqlite-'));
  const path = join(directory, 'database');
  try {
    const database = new DatabaseSync(path);
    database.exec('PRAGMA synchronous = OFF');
    write(database);
    database.close();
    return readFileSync(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
