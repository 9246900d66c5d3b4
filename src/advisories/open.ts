import { join } from 'node:path';
import { type AdvisoryData, type AdvisoryStore, isAppError } from '../core/index.ts';
import { openSource, readWhole } from '../disk/index.ts';
import { advisoryError } from './errors.ts';
import { parseJson } from './trivy-db/decode.ts';
import { makeTrivyDbStore } from './trivy-db/store.ts';

export interface OpenedStore {
  readonly store: AdvisoryStore;
  close(): void;
}

const schema = 2;
const maxMetadataSize = 64 * 1024;

/** Opens the vulnerability database of a cache directory laid out like Trivy's. @throws ADVISORIES_MISSING, ADVISORIES_SCHEMA, CODEC_BOLT_INVALID */
export async function openTrivyDb(cacheDir: string): Promise<OpenedStore> {
  const path = join(cacheDir, 'db', 'trivy.db');
  const identity = await readMetadata(join(cacheDir, 'db', 'metadata.json'), path);
  try {
    const source = openSource(path);
    return { store: makeTrivyDbStore(source, identity), close: () => source.close() };
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND'))
      throw advisoryError('ADVISORIES_MISSING', { data: { path }, cause: error });
    throw error;
  }
}

/** The database's own content counts; the file beside it only says how old it is. */
async function readMetadata(path: string, database: string): Promise<AdvisoryData> {
  const bytes = await readWhole(path, maxMetadataSize).catch(() => undefined);
  const metadata = (bytes === undefined ? undefined : parseJson(bytes)) as Record<string, unknown> | undefined;
  const found = metadata?.['Version'];
  if (typeof found === 'number' && found !== schema) {
    throw advisoryError('ADVISORIES_SCHEMA', { data: { path: database, found, wanted: schema } });
  }
  const date = (key: string): string | undefined => {
    const value = metadata?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const updatedAt = date('UpdatedAt');
  const nextUpdate = date('NextUpdate');
  const downloadedAt = date('DownloadedAt');
  return {
    name: 'trivy-db',
    ...(updatedAt !== undefined && { updatedAt }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(downloadedAt !== undefined && { downloadedAt }),
  };
}
