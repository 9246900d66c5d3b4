import type { DatabaseMetadata } from '../metadata.ts';

const hour = 3_600_000;

/**
 * Whether a database should be downloaded again: it was never downloaded, has another schema, or its next version is
 * due and the last download is more than an hour ago.
 */
export function needsUpdate(metadata: DatabaseMetadata | undefined, schema: number, now: Date): boolean {
  if (metadata?.version !== schema || metadata.downloadedAt === undefined) return true;
  const due = metadata.nextUpdate === undefined || now.getTime() >= Date.parse(metadata.nextUpdate);
  return due && now.getTime() - Date.parse(metadata.downloadedAt) > hour;
}
