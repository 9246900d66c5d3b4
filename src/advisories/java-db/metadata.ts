import type { AdvisoryData } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { parseJson } from '../trivy-db/decode.ts';

/** What the file beside the database says of it; nothing when there is none, or none that can be read. */
export interface JavaDbMetadata extends Omit<AdvisoryData, 'name'> {
  readonly version?: number;
}

const maxSize = 64 * 1024;

/** Reads the file; damage is the same as absence, as the database's own content counts. */
export async function readJavaDbMetadata(path: string): Promise<JavaDbMetadata> {
  const bytes = await readWhole(path, maxSize).catch(() => undefined);
  const metadata = (bytes === undefined ? undefined : parseJson(bytes)) as Record<string, unknown> | null | undefined;
  const version = metadata?.['Version'];
  const date = (key: string): string | undefined => {
    const value = metadata?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const updatedAt = date('UpdatedAt');
  const nextUpdate = date('NextUpdate');
  const downloadedAt = date('DownloadedAt');
  return {
    ...(typeof version === 'number' && { version }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(downloadedAt !== undefined && { downloadedAt }),
  };
}
