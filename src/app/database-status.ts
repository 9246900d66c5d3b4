import { join } from 'node:path';
import { type DatabaseMetadata, readMetadata } from '../advisories/index.ts';
import { statPath } from '../disk/index.ts';
import type { AppContext } from './context.ts';
import { type DatabaseId, databases } from './databases.ts';

/** What is known of one database in the cache directory. */
export interface DatabaseStatus extends DatabaseMetadata {
  readonly id: DatabaseId;
  readonly title: string;
  readonly path: string;
  /** Bytes; absent when the database is not there. */
  readonly size?: number;
}

/** Which databases the cache directory holds, and what the files beside them say of their age. */
export async function databaseStatus({ cacheDir }: Pick<AppContext, 'cacheDir'>): Promise<DatabaseStatus[]> {
  return Promise.all(
    databases.map(async ({ id, title, kind }) => {
      const path = join(cacheDir, kind.directory, kind.file);
      const found = await statPath(path);
      if (found?.kind !== 'file') return { id, title, path };
      const metadata = await readMetadata(join(cacheDir, kind.directory, 'metadata.json'));
      return { id, title, path, size: found.size, ...metadata };
    }),
  );
}
