import type { AdvisoryStore, CoverageNote, Ecosystem } from '../../core/index.ts';
import type { VersionScheme } from '../../versions/index.ts';
import { loadOrders, makeBuckets } from './bucket.ts';
import { catalogRecords } from './catalog.ts';
import { openRecordFiles } from './files.ts';
import { makeOsvStore } from './store.ts';

export interface OsvOptions {
  /** Descriptors that say which ecosystem of a record is theirs. */
  readonly ecosystems: readonly Ecosystem[];
  readonly schemes: { get(id: string): VersionScheme | undefined };
  readonly signal?: AbortSignal;
}

export interface OpenedOsv {
  readonly store: AdvisoryStore;
  /** Files that are no records: what they would have said is not known. */
  readonly notes: readonly CoverageNote[];
  close(): void;
}

/** Opens a directory or a zip file of OSV records. @throws ADVISORIES_RECORDS_MISSING, DISK_UNREADABLE, CODEC_ZIP_* */
export async function openOsvRecords(path: string, options: OsvOptions): Promise<OpenedOsv> {
  const findBucket = makeBuckets(options.ecosystems);
  const files = await openRecordFiles(path);
  try {
    const catalog = await catalogRecords(files, findBucket, options.signal);
    const schemes = new Set([...catalog.buckets.values()].map(({ scheme }) => scheme));
    const orders = await loadOrders(options.schemes, schemes);
    const store = makeOsvStore({ files, catalog, findBucket, orders });
    return { store, notes: catalog.notes, close: () => files.close() };
  } catch (error) {
    files.close();
    throw error;
  }
}
