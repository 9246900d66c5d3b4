import { readWhole } from '../disk/index.ts';
import { parseJson } from './trivy-db/decode.ts';

/** What metadata.json beside a database says; dates as RFC 3339, absent where it has none. */
export interface DatabaseMetadata {
  readonly version?: number;
  readonly updatedAt?: string;
  readonly nextUpdate?: string;
  readonly downloadedAt?: string;
}

export const maxMetadataSize: number = 64 * 1024;

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
