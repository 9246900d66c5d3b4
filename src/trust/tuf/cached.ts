import { join } from 'node:path';
import type { Fetch } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { trustError } from '../errors.ts';
import { initializedMirror, publicMirror, tufPaths } from './cache.ts';
import { makeTufFetcher } from './fetcher.ts';
import { targetNames } from './initialize.ts';
import { openTufRepository } from './repository.ts';

export interface CachedTrustOptions {
  readonly directory: string;
  /** Another mirror than the cache was initialized for. */
  readonly mirror?: string;
  /** Called only when what is cached has expired; without it that is an error. */
  readonly fetch?: () => Promise<Fetch>;
  readonly signal?: AbortSignal;
}

export interface CachedTrust {
  readonly mirror: string;
  /** The public instance's own repository, whose keys the program brings too. */
  readonly isPublic: boolean;
  /** A target by its name. @throws TRUST_TUF_FAILED */
  target(name: keyof typeof targetNames): Promise<Buffer | undefined>;
}

/**
 * The cache that `initialize` made, of ours or of cosign; undefined where there is none. The mirror is asked only when what is
 * cached has expired. @throws TRUST_TUF_INVALID
 */
export async function openCachedTrust(options: CachedTrustOptions): Promise<CachedTrust | undefined> {
  const { directory, signal, fetch } = options;
  const mirror = options.mirror ?? (await initializedMirror(directory));
  if (mirror === undefined) return undefined;
  const paths = tufPaths(directory, mirror);
  const root = join(paths.metadata, 'root.json');
  // Whoever named a mirror must not get the keys of another.
  if ((await statPath(root)) === undefined) {
    throw trustError('TRUST_TUF_INVALID', { data: { path: root, reason: 'it is not there' } });
  }
  const fetcher = makeTufFetcher(async (request) => {
    if (fetch !== undefined) return (await fetch())(request);
    throw trustError('TRUST_TUF_FAILED', { data: { mirror, reason: 'what is cached has expired' } });
  }, signal);
  return {
    mirror,
    isPublic: mirror.replace(/\/$/, '') === publicMirror,
    target: async (name) => {
      const repository = await openTufRepository({ mirror, paths, fetcher, preferCache: true });
      return repository.target(targetNames[name]);
    },
  };
}
