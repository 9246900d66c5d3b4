import { join } from 'node:path';
import { type AdvisoryStore, isAppError } from '../core/index.ts';
import { openSource } from '../disk/index.ts';
import { advisoryError } from './errors.ts';
import { readMetadata } from './metadata.ts';
import { makeTrivyDbStore } from './trivy-db/store.ts';

export interface OpenedStore {
  readonly store: AdvisoryStore;
  close(): void;
}

const schema = 2;

/** Opens the vulnerability database of a cache directory laid out like Trivy's. @throws ADVISORIES_MISSING, ADVISORIES_SCHEMA, CODEC_BOLT_INVALID */
export async function openTrivyDb(cacheDir: string): Promise<OpenedStore> {
  const path = join(cacheDir, 'db', 'trivy.db');
  const metadataPath = join(cacheDir, 'db', 'metadata.json');
  const identity = await readMetadata({ name: 'trivy-db', path, metadataPath, schema });
  try {
    const source = openSource(path);
    return { store: makeTrivyDbStore(source, identity), close: () => source.close() };
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND'))
      throw advisoryError('ADVISORIES_MISSING', { data: { path }, cause: error });
    throw error;
  }
}
