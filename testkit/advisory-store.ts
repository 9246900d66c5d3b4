import type { Advisory, AdvisoryStore, DataSource, VulnerabilityDetail } from '../src/core/index.ts';

/** What a store is made of: bucket → package → advisory id → what the advisory says. */
export interface AdvisoryStoreContent {
  readonly advisories?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, Omit<Advisory, 'id'>>>>>>
  >;
  readonly details?: Readonly<Record<string, VulnerabilityDetail>>;
  readonly dataSources?: Readonly<Record<string, DataSource>>;
  /** Path of a nested bucket, its parts joined by ` / `, → key → value. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An advisory store in memory that answers as a database does. */
export function makeAdvisoryStore(content: AdvisoryStoreContent = {}): AdvisoryStore {
  const { advisories = {}, details = {}, dataSources = {}, values = {} } = content;
  return {
    identity: { name: 'test' },
    buckets: (prefix) =>
      Object.keys(advisories)
        .filter((name) => name.startsWith(prefix))
        .sort(),
    advisories: (bucket, name) =>
      Object.entries(advisories[bucket]?.[name] ?? {}).map(([id, advisory]) => ({ id, ...advisory })),
    detail: (id) => details[id],
    dataSource: (bucket) => dataSources[bucket],
    value: (path, key) => values[path.join(' / ')]?.[key],
  };
}
