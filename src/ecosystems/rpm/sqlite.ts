import { openSqlite } from '../../codecs/sqlite/index.ts';
import type { ByteSource } from '../../core/index.ts';
import { invalid } from './errors.ts';

/** The headers in `rpmdb.sqlite`: the blobs of table `Packages` (rpm, lib/backend/sqlite.c). @throws PACKAGE_DATABASE_INVALID, CODEC_SQLITE_INVALID, CODEC_TRUNCATED, CODEC_LIMIT */
export function* readSqliteHeaders(source: ByteSource): Generator<Uint8Array, void, undefined> {
  const database = openSqlite(source);
  const table = database.table('Packages');
  if (table === undefined) throw invalid('it has no table of packages');
  let count = 0;
  for (const { values } of table.rows()) {
    const blob = values[1];
    if (!Buffer.isBuffer(blob)) throw invalid('a package has no header');
    count++;
    yield blob;
  }
  // A log that was not copied with the database, or that has yet to be merged, leaves it empty.
  if (count === 0 && database.header.writeAheadLog)
    throw invalid('it is empty; its packages may be in a log beside it');
}
