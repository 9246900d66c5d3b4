import { makeIdentities, type OpenedIdentities } from '../advisories/index.ts';
import { type CoverageNote, describeError } from '../core/index.ts';
import type { DataOptions } from './advisory-data.ts';
import type { AppContext } from './context.ts';
import { databases } from './databases.ts';
import { updateDatabases } from './update-databases.ts';

/** Identity data of the cache directory, each database updated when it is due and first asked for. */
export function openIdentityData(options: DataOptions, context: AppContext): OpenedIdentities {
  const identities = makeIdentities(context.cacheDir);
  return {
    async open(name) {
      const notes = await updateFor(name, options, context);
      const opened = await identities.open(name);
      return { ...opened, notes: [...notes, ...opened.notes] };
    },
    get data() {
      return identities.data;
    },
    close: () => identities.close(),
  };
}

/** Failure is no error: what is not at hand afterwards is told when it is opened. */
async function updateFor(name: string, options: DataOptions, context: AppContext): Promise<CoverageNote[]> {
  const database = databases.find(({ kind }) => kind.directory === name);
  if (database === undefined || options.skipJavaUpdate) return [];
  try {
    const [update] = await updateDatabases({ ...options, databases: [database.id] }, context);
    return update?.result.kind === 'kept-old' ? [notUpdated(database.title, update.result.reason)] : [];
  } catch (error) {
    context.signal?.throwIfAborted();
    return [notUpdated(database.title, describeError(error))];
  }
}

function notUpdated(title: string, reason: string): CoverageNote {
  return { effect: 'note', code: 'data-stale', message: `The ${title} could not be updated: ${reason}` };
}
