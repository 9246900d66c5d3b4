import type { Advisory, AdvisoryStore } from '../../core/index.ts';
import { lastUsed } from '../../kit/lru.ts';
import type { VersionOrder } from '../../versions/index.ts';
import { toAdvisories } from './advisory.ts';
import type { FindBucket } from './bucket.ts';
import type { Catalog } from './catalog.ts';
import { toDetail } from './detail.ts';
import type { RecordFiles } from './files.ts';
import { parseRecord } from './record.ts';

/** Parsed records that are kept for the next look-up. */
const keptRecords = 256;

export interface OsvStoreParts {
  readonly files: RecordFiles;
  readonly catalog: Catalog;
  readonly findBucket: FindBucket;
  /** By the identifier of their scheme. */
  readonly orders: ReadonlyMap<string, VersionOrder>;
}

/** Looks advisories up in OSV records. @throws ADVISORIES_RECORD_INVALID, DISK_* when a record changed meanwhile */
export function makeOsvStore({ files, catalog, findBucket, orders }: OsvStoreParts): AdvisoryStore {
  const recordOf = lastUsed(keptRecords, (number: number) =>
    parseRecord(files.readAgain(number), files.names[number] ?? ''),
  );
  const names = [...catalog.buckets.keys()].sort();
  return {
    identity: { name: 'osv', ...(catalog.updatedAt !== undefined && { updatedAt: catalog.updatedAt }) },
    buckets: (prefix) => names.filter((name) => name.startsWith(prefix)),
    advisories(bucketName, packageName) {
      const bucket = catalog.buckets.get(bucketName);
      const advisories: Advisory[] = [];
      for (const number of bucket?.packages.get(packageName) ?? []) {
        const record = recordOf(number);
        for (const affected of record.affected) {
          const own = affected.package && findBucket(affected.package.ecosystem, record.id);
          if (own?.name !== bucketName || own.lookupName(affected.package?.name ?? '') !== packageName) continue;
          advisories.push(...toAdvisories(record, affected, own, orders.get(own.scheme)));
        }
      }
      return advisories;
    },
    detail(id) {
      const numbers = catalog.details.get(id);
      return numbers && toDetail(numbers.map(({ number, source }) => ({ record: recordOf(number), source })));
    },
    dataSource: (bucketName) => catalog.buckets.get(bucketName)?.source,
    value: () => undefined,
    gap: (bucketName) => catalog.buckets.get(bucketName)?.gap,
  };
}
