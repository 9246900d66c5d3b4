import { openTrivyDb } from '../advisories/index.ts';
import type { AdvisoryStore, CoverageNote } from '../core/index.ts';
import type { AppContext } from './context.ts';

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
  /** Directories and zip files of OSV records. */
  readonly osv?: readonly string[];
}

export interface OpenedData {
  readonly store: AdvisoryStore;
  readonly notes: readonly CoverageNote[];
  close(): void;
}

/** Opens the advisory data of a scan. @throws ADVISORIES_* */
export async function openAdvisoryData(options: DataOptions, context: AppContext): Promise<OpenedData> {
  const { store, close } = await openTrivyDb(context.cacheDir);
  return { store, close, notes: ageNotes(store, options, context) };
}

/** Age counts from the day the data was made, not downloaded; data without a date cannot be shown to be young enough. */
function ageNotes({ identity }: AdvisoryStore, { maxAge }: DataOptions, { clock }: AppContext): CoverageNote[] {
  if (maxAge === undefined) return [];
  const updatedAt = Date.parse(identity.updatedAt ?? '');
  if (clock.now().getTime() - updatedAt <= maxAge) return [];
  const message = Number.isNaN(updatedAt)
    ? `The advisory data ${identity.name} does not say how old it is`
    : `The advisory data ${identity.name} of ${new Date(updatedAt).toISOString()} is older than was asked for`;
  return [{ effect: 'incomplete', code: 'data-stale', message, data: { name: identity.name } }];
}
