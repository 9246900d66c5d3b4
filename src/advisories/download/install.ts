import { dirname, join } from 'node:path';
import { openSource, removeStaleTemporaries, type StagedFile, stageFile, statPath } from '../../disk/index.ts';
import { advisoryError } from '../errors.ts';
import { type DatabaseMetadata, formatMetadata, parseMetadata } from '../metadata.ts';
import { BlockSummer, formatSums } from '../sums/file.ts';
import { sumsPath } from '../sums/open.ts';
import type { DatabaseKind } from './database.ts';
import { unpackDatabase } from './unpack.ts';

export interface InstallOptions {
  readonly cacheDir: string;
  /** Where the bytes come from, for messages. */
  readonly repository: string;
  readonly now: Date;
  readonly maxSize: number;
}

/**
 * Writes a database from the bytes of its artifact layer, which must end with an error when they are not those of
 * their digest. The order makes any moment safe to stop at: data, sums and metadata are written whole under temporary
 * names; then the data gets its name, the sums theirs, the metadata last. Between these a reader sees the new data
 * with old sums, which it finds not to belong to it, or with old metadata, which only makes it look older than it is.
 * @throws ADVISORIES_ARTIFACT_INVALID, ADVISORIES_SCHEMA, DISK_UNWRITABLE, and what the source throws
 */
export async function installDatabase(
  kind: DatabaseKind,
  layer: AsyncIterable<Buffer>,
  options: InstallOptions,
): Promise<DatabaseMetadata> {
  const directory = join(options.cacheDir, kind.directory);
  const path = join(directory, kind.file);
  const sums = sumsPath(options.cacheDir, kind.name);
  await removeStaleTemporaries(directory);
  await removeStaleTemporaries(dirname(sums));
  const staged: StagedFile[] = [];
  try {
    const summer = new BlockSummer();
    const found: { metadata?: Buffer } = {};
    const data = await stageFile(path, summed(open(kind, layer, found, options), summer), { durable: true });
    staged.push(data);
    const metadata = checkMetadata(kind, found.metadata, options);
    assertMagic(kind, data.temporaryPath, options);
    staged.push(await stageFile(sums, formatSums(summer.finish()), { durable: true }));
    staged.push(await stageFile(join(directory, 'metadata.json'), formatMetadata(metadata), { durable: true }));
    await publish(staged, path);
    return metadata;
  } finally {
    for (const file of staged) await file.discard();
  }
}

/** When another process has replaced our data meanwhile, the sums and the metadata to it are its own affair. */
async function publish([data, ...others]: readonly StagedFile[], path: string): Promise<void> {
  const written = await statPath(data?.temporaryPath ?? path);
  await data?.commit();
  for (const file of others) {
    const current = await statPath(path);
    if (current?.modifiedAt.getTime() !== written?.modifiedAt.getTime() || current?.size !== written?.size) return;
    await file.commit();
  }
}

function open(
  kind: DatabaseKind,
  layer: AsyncIterable<Buffer>,
  found: { metadata?: Buffer },
  options: InstallOptions,
): AsyncIterable<Uint8Array> {
  const { maxSize } = options;
  return unpackDatabase(
    layer,
    {
      file: kind.file,
      maxSize,
      onMetadata: (bytes) => {
        found.metadata = bytes;
      },
    },
    (reason) => invalid(kind, options, reason),
  );
}

async function* summed(
  chunks: AsyncIterable<Uint8Array>,
  summer: BlockSummer,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    summer.push(chunk);
    yield chunk;
  }
}

function checkMetadata(kind: DatabaseKind, bytes: Buffer | undefined, options: InstallOptions): DatabaseMetadata {
  const metadata = bytes === undefined ? undefined : parseMetadata(bytes);
  if (metadata === undefined) throw invalid(kind, options, 'its layer has no valid metadata.json');
  if (metadata.version !== kind.schema) {
    const data = { path: options.repository, found: metadata.version ?? 'none', wanted: kind.schema };
    throw advisoryError('ADVISORIES_SCHEMA', { data });
  }
  return { ...metadata, downloadedAt: options.now.toISOString() };
}

function assertMagic(kind: DatabaseKind, path: string, options: InstallOptions): void {
  const { offset, bytes } = kind.magic;
  const source = openSource(path);
  try {
    const isThere = source.size >= offset + bytes.length;
    if (isThere && Buffer.from(bytes).equals(source.read(offset, bytes.length))) return;
    throw invalid(kind, options, `its layer has no ${kind.file}, or one of another format`);
  } finally {
    source.close();
  }
}

function invalid({ name }: DatabaseKind, { repository }: InstallOptions, reason: string): Error {
  return advisoryError('ADVISORIES_ARTIFACT_INVALID', { data: { name, repository, reason } });
}
