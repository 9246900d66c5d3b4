import { join } from 'node:path';
import {
  type Clock,
  describeError,
  isAppError,
  type Logger,
  type Progress,
  parseImageReference,
} from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { type Descriptor, parseManifest, type RegistryClient } from '../../oci/index.ts';
import { advisoryError } from '../errors.ts';
import { type DatabaseMetadata, readMetadata } from '../metadata.ts';
import type { DatabaseKind } from './database.ts';
import { installDatabase } from './install.ts';
import { needsUpdate } from './needs-update.ts';

export interface UpdateContext {
  readonly cacheDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly progress: Progress;
  /** Called only when something is downloaded. */
  readonly registry: () => Promise<RegistryClient>;
  readonly signal?: AbortSignal;
}

export interface UpdateOptions {
  /** Repositories in the order they are asked; without a tag the schema number is the tag. */
  readonly repositories: readonly string[];
  /** Downloads even when it is not due. */
  readonly force?: boolean;
}

/** What became of it. `kept-old` means that an older database is there and can be used. */
export type UpdateResult =
  | { readonly kind: 'updated'; readonly repository: string; readonly metadata: DatabaseMetadata }
  | { readonly kind: 'fresh'; readonly metadata: DatabaseMetadata }
  | { readonly kind: 'kept-old'; readonly reason: string; readonly metadata: DatabaseMetadata };

/** Bytes of the largest database: several times what the largest one of today has. */
const maxDatabaseSize = 32 * 2 ** 30;

/**
 * Downloads a database when it is due. Failure is thrown only when there is no usable older one.
 * @throws ADVISORIES_DOWNLOAD_FAILED, ADVISORIES_ARTIFACT_INVALID, ADVISORIES_SCHEMA, DISK_UNWRITABLE, OCI_*, NET_*
 */
export async function updateDatabase(
  kind: DatabaseKind,
  options: UpdateOptions,
  context: UpdateContext,
): Promise<UpdateResult> {
  const metadata = await readUsable(kind, context.cacheDir);
  if ((metadata?.version ?? 0) > kind.schema && !options.force) {
    // A newer program shares this cache; replacing its database would take turns for ever.
    const data = { path: join(context.cacheDir, kind.directory), found: metadata?.version, wanted: kind.schema };
    throw advisoryError('ADVISORIES_SCHEMA', { data });
  }
  if (metadata !== undefined && !options.force && !needsUpdate(metadata, kind.schema, context.clock.now())) {
    return { kind: 'fresh', metadata };
  }
  try {
    return await downloadFromAny(kind, options, context);
  } catch (error) {
    context.signal?.throwIfAborted();
    if (metadata?.version !== kind.schema) throw error;
    const reason = describeError(error);
    context.log.warn('The database could not be updated; the older one is used', { database: kind.name, reason });
    return { kind: 'kept-old', reason, metadata };
  }
}

/** What is known of the database that is there; undefined when its file is missing. */
async function readUsable(kind: DatabaseKind, cacheDir: string): Promise<DatabaseMetadata | undefined> {
  const directory = join(cacheDir, kind.directory);
  const data = await statPath(join(directory, kind.file));
  return data?.kind === 'file' ? readMetadata(join(directory, 'metadata.json')) : undefined;
}

/** The next repository is asked only when the one before fails in a way that may pass. */
async function downloadFromAny(
  kind: DatabaseKind,
  { repositories }: UpdateOptions,
  context: UpdateContext,
): Promise<UpdateResult> {
  const reasons: string[] = [];
  for (const repository of repositories) {
    try {
      const metadata = await downloadFrom(kind, repository, context);
      context.log.info('The database was downloaded', { database: kind.name, repository });
      return { kind: 'updated', repository, metadata };
    } catch (error) {
      context.signal?.throwIfAborted();
      const reason = describeError(error);
      if (!isTemporary(error)) throw error;
      reasons.push(`${repository}: ${reason}`);
      context.log.warn('A repository gave no database', { database: kind.name, repository, reason });
    }
  }
  const data = { name: kind.name, reasons: reasons.join('; ') || 'no repository is set' };
  throw advisoryError('ADVISORIES_DOWNLOAD_FAILED', { data });
}

/** Some registries now and then deny a blob that they have. */
function isTemporary(error: unknown): boolean {
  return isAppError(error) && (error.retryable || error.data['registryCode'] === 'BLOB_UNKNOWN');
}

async function downloadFrom(kind: DatabaseKind, repository: string, context: UpdateContext): Promise<DatabaseMetadata> {
  const { signal } = context;
  const named = parseImageReference(repository);
  const hasVersion = named.tag !== undefined || named.digest !== undefined;
  const client = await context.registry();
  const opened = await client.open(hasVersion ? named : { ...named, tag: String(kind.schema) }, signal);
  const layer = layerOf(kind, repository, opened.manifest);
  const task = context.progress.start(kind.name, layer.size);
  try {
    const bytes = counted(opened.repository.streamBlob(layer, signal), (count) => task.advance(count));
    const { cacheDir, clock } = context;
    return await installDatabase(kind, bytes, { cacheDir, repository, now: clock.now(), maxSize: maxDatabaseSize });
  } finally {
    task.finish();
  }
}

function layerOf(
  kind: DatabaseKind,
  repository: string,
  { bytes, digest }: { readonly bytes: Uint8Array; readonly digest: string },
): Descriptor {
  const manifest = parseManifest(bytes, digest);
  const [layer, ...others] = manifest.kind === 'manifest' ? manifest.layers : [];
  if (layer !== undefined && others.length === 0 && layer.mediaType === kind.layerType) return layer;
  const reason = `it is not an artifact with one layer of type ${kind.layerType}`;
  throw advisoryError('ADVISORIES_ARTIFACT_INVALID', { data: { name: kind.name, repository, reason } });
}

async function* counted(
  source: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of source) {
    onBytes(chunk.length);
    yield chunk;
  }
}
