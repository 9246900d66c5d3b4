import { type BoltBucket, openBolt } from '../../codecs/bbolt/index.ts';
import type { Advisory, AdvisoryData, AdvisoryStore, ByteSource } from '../../core/index.ts';
import { onceForEach } from '../../kit/memoize.ts';
import { advisoryError } from '../errors.ts';
import { decodeAdvisory, decodeDataSource, decodeDetail, parseJson } from './decode.ts';

/** Reads Trivy's vulnerability database (bbolt, schema 2): bucket → package → advisory id → JSON. */
export function makeTrivyDbStore(source: ByteSource, identity: AdvisoryData): AdvisoryStore {
  const root = openBolt(source);
  const bucketOf = onceForEach((name: string) => root.bucket(name));
  return {
    identity,
    buckets: (prefix) => [...root.entries(prefix)].filter(({ value }) => value === undefined).map(({ key }) => key),
    advisories(bucket, packageName) {
      const entries = bucketOf(bucket)?.bucket(packageName)?.entries() ?? [];
      const advisories: Advisory[] = [];
      for (const { key, value } of entries) {
        if (value !== undefined) advisories.push(decoded(decodeAdvisory(key, value), bucket, key));
      }
      return advisories;
    },
    detail(id) {
      const value = bucketOf('vulnerability')?.get(id);
      return value === undefined ? undefined : decoded(decodeDetail(value), 'vulnerability', id);
    },
    dataSource: onceForEach((bucket: string) => {
      const value = bucketOf('data-source')?.get(bucket);
      return value === undefined ? undefined : decoded(decodeDataSource(value), 'data-source', bucket);
    }),
    value(path, key) {
      let bucket: BoltBucket | undefined = root;
      for (const name of path) bucket = bucket?.bucket(name);
      const value = bucket?.get(key);
      return value === undefined ? undefined : decoded(parseJson(value), path.join(' / '), key);
    },
  };
}

function decoded<T>(value: T | undefined, bucket: string, key: string): T {
  if (value === undefined) throw advisoryError('ADVISORIES_CORRUPT', { data: { bucket, key } });
  return value;
}
