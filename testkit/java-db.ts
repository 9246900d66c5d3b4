import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One published file, as the Java database lists it. */
export interface PublishedFile {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** Hexadecimal. */
  readonly sha1: string;
  readonly type?: string;
}

/** Writes a Java database in Trivy's schema 1 below a cache directory. */
export function writeJavaDb(cacheDir: string, files: readonly PublishedFile[], schema = 1): string {
  const directory = join(cacheDir, 'java-db');
  const path = join(directory, 'trivy-java.db');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'metadata.json'),
    JSON.stringify({ Version: schema, UpdatedAt: '2026-01-01T00:00:00Z' }),
  );
  const database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE artifacts(id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);
    CREATE TABLE indices(artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT);
    CREATE UNIQUE INDEX artifacts_idx ON artifacts(artifact_id, group_id);
    CREATE INDEX indices_artifact_idx ON indices(artifact_id);
    CREATE UNIQUE INDEX indices_sha1_idx ON indices(sha1);`);
  const addArtifact = database.prepare('INSERT OR IGNORE INTO artifacts(group_id, artifact_id) VALUES (?, ?)');
  const addFile = database.prepare(
    'INSERT INTO indices SELECT id, ?, ?, ? FROM artifacts WHERE group_id = ? AND artifact_id = ?',
  );
  for (const { group, artifact, version, sha1, type = 'jar' } of files) {
    addArtifact.run(group, artifact);
    addFile.run(version, Buffer.from(sha1, 'hex'), type, group, artifact);
  }
  database.close();
  return path;
}
