import { join } from 'node:path';
import { readWhole, statPath } from '../disk/index.ts';
import type { AppContext } from './context.ts';

/** What is known of one database in the cache directory. */
export interface DatabaseStatus {
  readonly id: DatabaseId;
  readonly title: string;
  readonly path: string;
  /** Bytes; absent when the database is not there. */
  readonly size?: number;
  /** Schema of the database. */
  readonly version?: number;
  readonly updatedAt?: string;
  readonly nextUpdate?: string;
  readonly downloadedAt?: string;
}

export type DatabaseId = 'vulnerability' | 'java';

const files: readonly (Pick<DatabaseStatus, 'id' | 'title'> & { readonly file: readonly string[] })[] = [
  { id: 'vulnerability', title: 'Vulnerability DB', file: ['db', 'trivy.db'] },
  { id: 'java', title: 'Java DB', file: ['java-db', 'trivy-java.db'] },
];

const maxMetadataSize = 64 * 1024;

/** Which databases the cache directory holds, and what the files beside them say of their age. */
export async function databaseStatus({ cacheDir }: Pick<AppContext, 'cacheDir'>): Promise<DatabaseStatus[]> {
  return Promise.all(
    files.map(async ({ id, title, file }) => {
      const path = join(cacheDir, ...file);
      const found = await statPath(path);
      if (found?.kind !== 'file') return { id, title, path };
      return { id, title, path, size: found.size, ...(await readMetadata(join(path, '..', 'metadata.json'))) };
    }),
  );
}

async function readMetadata(path: string): Promise<Partial<DatabaseStatus>> {
  const text = await readWhole(path, maxMetadataSize).catch(() => undefined);
  const document = text && parseObject(text.toString('utf8'));
  if (!document) return {};
  const date = (key: string): string | undefined => {
    const value = document[key];
    return typeof value === 'string' && !value.startsWith('0001-') ? value : undefined;
  };
  const version = document['Version'];
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

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
