import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type AdvisoryData, describeError, type IdentitySource } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { javaDatabase } from '../download/database.ts';
import { advisoryError } from '../errors.ts';
import { readIdentity } from '../metadata.ts';
import { assertUndamaged } from '../sums/open.ts';

/** An open database; `close` gives its file back. */
export interface OpenedJavaDb {
  readonly source: IdentitySource;
  readonly identity: AdvisoryData;
  close(): void;
}

/** The columns of one answer; SQLite may hold anything in them. */
type Row = Readonly<Record<string, unknown>>;

const findBySha1 = `
  SELECT a.group_id, a.artifact_id, i.version FROM indices i JOIN artifacts a ON a.id = i.artifact_id
  WHERE i.sha1 = ? LIMIT 1`;
const findArtifact = `
  SELECT 1 FROM artifacts a JOIN indices i ON i.artifact_id = a.id
  WHERE a.artifact_id = ? AND a.group_id = ? LIMIT 1`;
/** Groups that have this very version, by how many files they have published in all. */
const findGroup = `
  SELECT a.group_id FROM artifacts a
  JOIN indices wanted ON wanted.artifact_id = a.id AND wanted.version = ? AND wanted.archive_type = 'jar'
  JOIN indices published ON published.artifact_id = a.id
  WHERE a.artifact_id = ? GROUP BY a.group_id ORDER BY count(*) DESC, a.group_id LIMIT 1`;

/**
 * Opens the Java database of a cache directory laid out like Trivy's (SQLite, schema 1), read-only.
 * @throws ADVISORIES_MISSING, ADVISORIES_SCHEMA, ADVISORIES_DAMAGED, ADVISORIES_JAVA_INVALID
 */
export async function openJavaDb(cacheDir: string): Promise<OpenedJavaDb> {
  const { directory, file, name, schema } = javaDatabase;
  const path = join(cacheDir, directory, file);
  const metadataPath = join(cacheDir, directory, 'metadata.json');
  if ((await statPath(path))?.kind !== 'file') throw advisoryError('ADVISORIES_MISSING', { data: { path } });
  const identity = await readIdentity({ name, path, metadataPath, schema });
  await assertUndamaged({ cacheDir, name, path });
  const sqlite = await import('node:sqlite');
  const attempt = makeAttempt(path);
  const database = attempt(() => new sqlite.DatabaseSync(path, { readOnly: true }));
  try {
    return { source: attempt(() => makeSource(database, attempt)), identity, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

type Attempt = <T>(work: () => T) => T;

/** SQLite finds damage when it reads a page, so any question may fail. */
function makeAttempt(path: string): Attempt {
  return (work) => {
    try {
      return work();
    } catch (error) {
      throw advisoryError('ADVISORIES_JAVA_INVALID', { data: { path, reason: describeError(error) }, cause: error });
    }
  };
}

function makeSource(database: DatabaseSync, attempt: Attempt): IdentitySource {
  const bySha1 = database.prepare(findBySha1);
  const artifact = database.prepare(findArtifact);
  const group = database.prepare(findGroup);
  return {
    findBySha1(sha1) {
      const row: Row | undefined = attempt(() => bySha1.get(Buffer.from(sha1, 'hex')));
      if (row === undefined) return undefined;
      const { group_id: groupId, artifact_id: artifactId, version } = row;
      return { group: String(groupId), artifact: String(artifactId), version: String(version) };
    },
    hasArtifact: (groupId, artifactId) => attempt(() => artifact.get(artifactId, groupId)) !== undefined,
    findGroup(artifactId, version) {
      const row: Row | undefined = attempt(() => group.get(version, artifactId));
      return row === undefined ? undefined : String(row['group_id']);
    },
  };
}
