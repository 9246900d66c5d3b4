import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Fetcher, Updater } from 'tuf-js';
import { describeError, isAppError } from '../../core/index.ts';
import { readWhole, statPath, writeAtomic } from '../../disk/index.ts';
import { trustError } from '../errors.ts';
import type { TufPaths } from './cache.ts';

export interface TufRepository {
  /** A target of this name, checked against the signed metadata; undefined when the repository has none. @throws TRUST_TUF_FAILED */
  target(name: string): Promise<Buffer | undefined>;
}

export interface TufOptions {
  readonly mirror: string;
  readonly paths: TufPaths;
  readonly fetcher: Fetcher;
  /** Asks the mirror only when what is there has expired or is not whole. */
  readonly preferCache: boolean;
}

const maxTargetSize = 16 * 2 ** 20;

/**
 * Opens a repository whose root.json lies in the cache, by the client workflow of the TUF specification (section 5).
 * @throws TRUST_TUF_FAILED when anything is not signed, not fresh or not there
 */
export async function openTufRepository(options: TufOptions): Promise<TufRepository> {
  const { mirror, paths, fetcher, preferCache } = options;
  return guarded(mirror, async () => {
    const updater = new Updater({
      metadataDir: paths.metadata,
      metadataBaseUrl: mirror,
      fetcher,
      forceCache: preferCache,
    });
    await updater.refresh();
    return { target: (name) => guarded(mirror, () => readTarget(updater, name, options)) };
  });
}

async function readTarget(updater: Updater, name: string, options: TufOptions): Promise<Buffer | undefined> {
  const info = await updater.getTargetInfo(name);
  if (info === undefined) return undefined;
  const path = join(options.paths.targets, encodeURIComponent(name));
  const isGood = async (bytes: Buffer): Promise<boolean> => {
    try {
      await info.verify(Readable.from([bytes]));
      return true;
    } catch {
      return false;
    }
  };
  if ((await statPath(path)) !== undefined) {
    const kept = await readWhole(path, maxTargetSize);
    if (await isGood(kept)) return kept;
  }
  const [hash = ''] = Object.values(info.hashes);
  const url = `${options.mirror.replace(/\/$/, '')}/targets/${hash}.${name}`;
  const bytes = await options.fetcher.downloadBytes(url, Math.min(info.length, maxTargetSize));
  if (!(await isGood(bytes))) throw failed(options.mirror, `the target ${name} is not what was signed`);
  await writeAtomic(path, bytes, { mode: 0o600 });
  return bytes;
}

/** Whatever the client refuses is one answer: this repository cannot be trusted now. */
async function guarded<T>(mirror: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error, 'TRUST_TUF_FAILED')) throw error;
    throw failed(mirror, describeError(error), error);
  }
}

function failed(mirror: string, reason: string, cause?: unknown): Error {
  return trustError('TRUST_TUF_FAILED', { data: { mirror, reason }, ...(cause !== undefined && { cause }) });
}
