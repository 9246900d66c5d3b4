import {
  combineStores,
  loadOsv,
  type OpenedOsv,
  type OpenedStore,
  type OsvOptions,
  openTrivyDb,
} from '../advisories/index.ts';
import { type AdvisoryData, type AdvisoryStore, type CoverageNote, describeError, isAppError } from '../core/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { versionSchemes } from '../versions/registry.ts';
import type { AppContext } from './context.ts';
import { updateDatabases } from './update-databases.ts';

/** Which advisory data to use, and when to refresh it. */
export interface DataOptions {
  /** Use the vulnerability database as it is. */
  readonly skipUpdate?: boolean;
  /** Use the Java database as it is. */
  readonly skipJavaUpdate?: boolean;
  /** Where databases are downloaded from, the first that answers. */
  readonly repositories?: readonly string[];
  readonly javaRepositories?: readonly string[];
  /** Milliseconds; older data makes a result incomplete. */
  readonly maxAge?: number;
  /** Directories and zip files of OSV records, beside the database or, where there is none, instead of it. */
  readonly osv?: readonly string[];
}

export interface OpenedData {
  readonly store: AdvisoryStore;
  readonly notes: readonly CoverageNote[];
  close(): void;
}

/** Opens the advisory data of a scan, after an update when one is due. @throws ADVISORIES_*, and when there is no data at all what the update throws */
export async function openAdvisoryData(options: DataOptions, context: AppContext): Promise<OpenedData> {
  const opened: OpenedStore[] = [];
  const close = (): void => {
    for (const one of opened) one.close();
  };
  try {
    const records = await openRecords(options.osv ?? [], context);
    opened.push(...records);
    const notes = records.flatMap((one) => one.notes);
    notes.push(...(await updateVulnerabilities(options, context, records.length > 0)));
    const database = await openDatabase(context.cacheDir, records.length > 0);
    if (database !== undefined) opened.unshift(database);
    const store = combineStores(opened.map((one) => one.store));
    return { store, notes: [...notes, ...ageNotes(store, options, context)], close };
  } catch (error) {
    close();
    throw error;
  }
}

async function openRecords(paths: readonly string[], { signal }: AppContext): Promise<OpenedOsv[]> {
  if (paths.length === 0) return [];
  const { openOsvRecords } = await loadOsv();
  const options: OsvOptions = {
    ecosystems: ecosystems.all,
    schemes: versionSchemes,
    ...(signal !== undefined && { signal }),
  };
  const opened: OpenedOsv[] = [];
  try {
    for (const path of paths) opened.push(await openOsvRecords(path, options));
    return opened;
  } catch (error) {
    for (const one of opened) one.close();
    throw error;
  }
}

/** Failure is the scan's only when there is neither an older database nor other data. */
async function updateVulnerabilities(
  options: DataOptions,
  context: AppContext,
  hasOther: boolean,
): Promise<CoverageNote[]> {
  if (options.skipUpdate) return [];
  try {
    const [update] = await updateDatabases({ ...options, databases: ['vulnerability'] }, context);
    if (update?.result.kind !== 'kept-old') return [];
    const message = `The vulnerability database could not be updated: ${update.result.reason}`;
    return [{ effect: 'note', code: 'data-stale', message }];
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!hasOther) throw error;
    const message = `There is no vulnerability database beside the records: ${describeError(error)}`;
    return [{ effect: 'incomplete', code: 'data-missing', message }];
  }
}

async function openDatabase(cacheDir: string, hasOther: boolean): Promise<OpenedStore | undefined> {
  try {
    return await openTrivyDb(cacheDir);
  } catch (error) {
    if (hasOther && isAppError(error, 'ADVISORIES_MISSING')) return undefined;
    throw error;
  }
}

function ageNotes(store: AdvisoryStore, { maxAge }: DataOptions, { clock }: AppContext): CoverageNote[] {
  if (maxAge === undefined) return [];
  const oldest = clock.now().getTime() - maxAge;
  return (store.parts ?? [store.identity]).flatMap((data) => ageNote(data, oldest));
}

/** Age counts from the day the data was made, not downloaded; data without a date cannot be shown to be young enough. */
function ageNote({ name, updatedAt }: AdvisoryData, oldest: number): CoverageNote[] {
  const made = Date.parse(updatedAt ?? '');
  if (made >= oldest) return [];
  const message = Number.isNaN(made)
    ? `The advisory data ${name} does not say how old it is`
    : `The advisory data ${name} of ${new Date(made).toISOString()} is older than was asked for`;
  return [{ effect: 'incomplete', code: 'data-stale', message, data: { name } }];
}
