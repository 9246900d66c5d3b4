import { join } from 'node:path';
import { type AdvisoryData, type AdvisoryStore, isAppError } from '../core/index.ts';
import { openSource } from '../disk/index.ts';
import { vulnerabilityDatabase } from './download/database.ts';
import { advisoryError } from './errors.ts';
import { readMetadata } from './metadata.ts';
import { withSums } from './sums/open.ts';
import { makeTrivyDbStore } from './trivy-db/store.ts';

export interface OpenedStore {
  readonly store: AdvisoryStore;
  close(): void;
}

/** Opens the vulnerability database of a cache directory laid out like Trivy's. @throws ADVISORIES_MISSING, ADVISORIES_SCHEMA, ADVISORIES_DAMAGED, CODEC_BOLT_INVALID */
export async function openTrivyDb(cacheDir: string): Promise<OpenedStore> {
  const { directory, file, name } = vulnerabilityDatabase;
  const path = join(cacheDir, directory, file);
  const identity = await readIdentity(join(cacheDir, directory, 'metadata.json'), path);
  const source = openOrMissing(path);
  try {
    const checked = await withSums(source, { cacheDir, name, path });
    return { store: makeTrivyDbStore(checked, identity), close: () => source.close() };
  } catch (error) {
    source.close();
    throw error;
  }
}

function openOrMissing(path: string): ReturnType<typeof openSource> {
  try {
    return openSource(path);
  } catch (error) {
    if (!isAppError(error, 'DISK_NOT_FOUND')) throw error;
    throw advisoryError('ADVISORIES_MISSING', { data: { path }, cause: error });
  }
}

/** The database's own content counts; the file beside it only says how old it is. */
async function readIdentity(path: string, database: string): Promise<AdvisoryData> {
  const { version, ...dates } = (await readMetadata(path)) ?? {};
  if (version !== undefined && version !== vulnerabilityDatabase.schema) {
    const data = { path: database, found: version, wanted: vulnerabilityDatabase.schema };
    throw advisoryError('ADVISORIES_SCHEMA', { data });
  }
  return { name: vulnerabilityDatabase.name, ...dates };
}
