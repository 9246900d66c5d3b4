import { makeIdentities, type OpenedIdentities } from '../advisories/index.ts';
import { type CoverageNote, describeError, isAppError } from '../core/index.ts';
import type { DataOptions } from './advisory-data.ts';
import type { AppContext } from './context.ts';
import { updateDatabases } from './update-databases.ts';

/** Identity data of a scan, opened, and updated before when that is due, only if there is an archive to name. */
export function openIdentityData(options: DataOptions, context: AppContext): OpenedIdentities {
  const identities = makeIdentities(context.cacheDir);
  return {
    ...identities,
    async open(name) {
      const updated = name === 'java-db' && !options.skipJavaUpdate ? await updateJava(options, context) : [];
      const opened = await identities.open(name);
      return { ...opened, notes: [...updated, ...opened.notes] };
    },
    get data() {
      return identities.data;
    },
  };
}

/** What an update that fails means is told by the database that is there, or is not. */
async function updateJava(options: DataOptions, context: AppContext): Promise<CoverageNote[]> {
  try {
    const [update] = await updateDatabases({ ...options, databases: ['java'] }, context);
    return update?.result.kind === 'kept-old' ? [notUpdated(update.result.reason)] : [];
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
    return [notUpdated(describeError(error))];
  }
}

function notUpdated(reason: string): CoverageNote {
  return { effect: 'note', code: 'data-stale', message: `The Java database could not be updated: ${reason}` };
}
