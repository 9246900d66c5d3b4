import type { AdvisoryData } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import { advisoryError } from './errors.ts';
import { parseJson } from './trivy-db/decode.ts';

const maxSize = 64 * 1024;

/** A database that has a `metadata.json` beside it, as Trivy's have. */
export interface DescribedDatabase {
  readonly name: string;
  readonly path: string;
  readonly metadataPath: string;
  readonly schema: number;
}

/** What the file beside a database says of its age; the database's own content counts for all else. @throws ADVISORIES_SCHEMA */
export async function readMetadata(database: DescribedDatabase): Promise<AdvisoryData> {
  const bytes = await readWhole(database.metadataPath, maxSize).catch(() => undefined);
  const metadata = (bytes === undefined ? undefined : parseJson(bytes)) as Record<string, unknown> | null | undefined;
  const found = metadata?.['Version'];
  if (typeof found === 'number' && found !== database.schema) {
    throw advisoryError('ADVISORIES_SCHEMA', { data: { path: database.path, found, wanted: database.schema } });
  }
  const date = (key: string): string | undefined => {
    const value = metadata?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const updatedAt = date('UpdatedAt');
  const nextUpdate = date('NextUpdate');
  const downloadedAt = date('DownloadedAt');
  return {
    name: database.name,
    ...(updatedAt !== undefined && { updatedAt }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(downloadedAt !== undefined && { downloadedAt }),
  };
}
