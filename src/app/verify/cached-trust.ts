import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { loadTuf, parseTrustedRoot, type TrustedRoot } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { KeyCacheInput } from './input.ts';

/** What the cache of `initialize` holds under a name. */
export interface CachedTarget {
  readonly mirror: string;
  /** Of Sigstore's public instance, whose keys the program brings too. */
  readonly isPublic: boolean;
  /** Undefined when the mirror has none. */
  readonly bytes: Buffer | undefined;
}

/** Whom the cache of `initialize` trusts; undefined where nothing was initialized. @throws TRUST_TUF_*, TRUST_ROOT_INVALID */
export async function readCachedTrust(input: KeyCacheInput, context: AppContext): Promise<TrustedRoot | undefined> {
  const bytes = await readCachedTarget(input, 'trustedRoot', context);
  return bytes === undefined ? undefined : parseTrustedRoot(bytes);
}

/** One of the documents in the cache. @throws TRUST_TUF_* */
export async function readCachedTarget(
  input: KeyCacheInput,
  name: 'trustedRoot' | 'signingConfig',
  context: AppContext,
): Promise<Buffer | undefined> {
  return (await readCached(input, context, name))?.bytes;
}

/** What the cache of `initialize` holds; undefined where nothing was initialized, or what is public is not fresh. @throws TRUST_TUF_* */
export async function readCached(
  input: KeyCacheInput,
  context: AppContext,
  name: 'trustedRoot' | 'signingConfig',
): Promise<CachedTarget | undefined> {
  const { directory, mirror, refresh } = input;
  // Most machines have none, and need not load what reads it.
  if (mirror === undefined && (await statPath(join(directory, 'remote.json'))) === undefined) return undefined;
  const { openCachedTrust } = await loadTuf();
  const cached = await openCachedTrust({
    directory,
    ...(mirror !== undefined && { mirror }),
    ...(refresh && { fetch: context.fetch }),
    ...(context.signal !== undefined && { signal: context.signal }),
  });
  if (cached === undefined) return undefined;
  try {
    return { mirror: cached.mirror, isPublic: cached.isPublic, bytes: await cached.target(name) };
  } catch (error) {
    if (!cached.isPublic || !isAppError(error, 'TRUST_TUF_FAILED')) throw error;
    context.log.warn('The cached keys of Sigstore are not fresh; those that the program brings are used', {
      reason: error.message,
    });
    return undefined;
  }
}
