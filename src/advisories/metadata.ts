import type { AdvisoryData } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import { advisoryError } from './errors.ts';
import { parseJson } from './trivy-db/decode.ts';

/** What metadata.json beside a database says; dates as RFC 3339, absent where it has none. */
export interface DatabaseMetadata {
  readonly version?: number;
  readonly updatedAt?: string;
  readonly nextUpdate?: string;
  readonly downloadedAt?: string;
}

export const maxMetadataSize: number = 64 * 1024;

/** A database that has a `metadata.json` beside it, as Trivy's have. */
export interface DescribedDatabase {
  readonly name: string;
  readonly path: string;
  readonly metadataPath: string;
  readonly schema: number;
}

/** What the file beside a database says of its age; the database's own content counts for all else. @throws ADVISORIES_SCHEMA */
export async function readIdentity(database: DescribedDatabase): Promise<AdvisoryData> {
  const { version, ...dates } = (await readMetadata(database.metadataPath)) ?? {};
  if (version === undefined || version === database.schema) return { name: database.name, ...dates };
  throw advisoryError('ADVISORIES_SCHEMA', { data: { path: database.path, found: version, wanted: database.schema } });
}

/** Undefined when there is no such file, or it is not JSON. */
export async function readMetadata(path: string): Promise<DatabaseMetadata | undefined> {
  const bytes = await readWhole(path, maxMetadataSize).catch(() => undefined);
  return bytes === undefined ? undefined : parseMetadata(bytes);
}

export function parseMetadata(bytes: Buffer): DatabaseMetadata | undefined {
  const json = parseJson(bytes);
  if (typeof json !== 'object' || json === null) return undefined;
  const fields = json as Record<string, unknown>;
  const { Version: version } = fields;
  const updatedAt = toDate(fields['UpdatedAt']);
  const nextUpdate = toDate(fields['NextUpdate']);
  const downloadedAt = toDate(fields['DownloadedAt']);
  return {
    ...(typeof version === 'number' && { version }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(downloadedAt !== undefined && { downloadedAt }),
  };
}

/** Keys in the order that Trivy writes them. */
export function formatMetadata(metadata: DatabaseMetadata): string {
  const { version, nextUpdate, updatedAt, downloadedAt } = metadata;
  return JSON.stringify({ Version: version, NextUpdate: nextUpdate, UpdatedAt: updatedAt, DownloadedAt: downloadedAt });
}

/** Go writes the year 1 for a date that was never set. */
function toDate(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.startsWith('0001-') || Number.isNaN(Date.parse(value))) return undefined;
  return value;
}
