import {
  databaseRepositoriesOption,
  javaDatabaseRepositoriesOption,
  loadDownload,
  type UpdateResult,
} from '../advisories/index.ts';
import type { AppContext } from './context.ts';
import { type DatabaseId, databases } from './databases.ts';

export interface UpdateDatabasesInput {
  readonly databases: readonly DatabaseId[];
  /** Where they are downloaded from, the first that answers; the public repositories when left out. */
  readonly repositories?: readonly string[];
  readonly javaRepositories?: readonly string[];
  /** Downloads even what is not due. */
  readonly force?: boolean;
}

export interface DatabaseUpdate {
  readonly id: DatabaseId;
  readonly result: UpdateResult;
}

/** Downloads the databases that are due. @throws ADVISORIES_*, NET_*, OCI_*, DISK_UNWRITABLE when one cannot be had and there is no older one */
export async function updateDatabases(input: UpdateDatabasesInput, context: AppContext): Promise<DatabaseUpdate[]> {
  const { updateDatabase } = await loadDownload();
  const repositories: Readonly<Record<DatabaseId, readonly string[]>> = {
    vulnerability: input.repositories ?? databaseRepositoriesOption.default,
    java: input.javaRepositories ?? javaDatabaseRepositoriesOption.default,
  };
  const updates: DatabaseUpdate[] = [];
  for (const { id, kind } of databases) {
    if (!input.databases.includes(id)) continue;
    const options = { repositories: repositories[id], ...(input.force && { force: true }) };
    updates.push({ id, result: await updateDatabase(kind, options, context) });
  }
  return updates;
}
