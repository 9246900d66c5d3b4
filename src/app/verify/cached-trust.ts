import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { loadTuf, parseTrustedRoot, type TrustedRoot } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { KeyCacheInput } from './input.ts';

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
  try {
    return await cached?.target(name);
  } catch (error) {
    if (!cached?.isPublic || !isAppError(error, 'TRUST_TUF_FAILED')) throw error;
    context.log.warn('The cached keys of Sigstore are not fresh; those that the program brings are used', {
      reason: error.message,
    });
    return undefined;
  }
}
