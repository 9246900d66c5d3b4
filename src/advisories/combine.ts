import type { AdvisoryStore, VulnerabilityDetail } from '../core/index.ts';

/**
 * Several stores as one: each is asked, and their advisories stand one behind the other. What is told of a
 * vulnerability comes from the first store that tells it; judgements of different sources are all kept. A gap in one is
 * none where another holds the same bucket without one.
 */
export function combineStores(stores: readonly AdvisoryStore[]): AdvisoryStore {
  const [only] = stores;
  if (only !== undefined && stores.length === 1) return only;
  const parts = stores.flatMap((store) => store.parts ?? [store.identity]);
  return {
    identity: { name: parts.map(({ name }) => name).join(' + ') },
    parts,
    buckets: (prefix) => [...new Set(stores.flatMap((store) => store.buckets(prefix)))].sort(),
    advisories: (bucket, packageName) => stores.flatMap((store) => store.advisories(bucket, packageName)),
    detail: (id) => mergeDetails(stores.map((store) => store.detail(id)).filter((detail) => detail !== undefined)),
    dataSource: (bucket) => firstOf(stores, (store) => store.dataSource(bucket)),
    value: (path, key) => firstOf(stores, (store) => store.value(path, key)),
    gap: (bucket) => {
      const holders = stores.filter((store) => store.buckets(bucket).includes(bucket));
      const gaps = holders.map((store) => store.gap?.(bucket));
      return gaps.every((gap) => gap !== undefined) ? gaps[0] : undefined;
    },
  };
}

function firstOf<T>(stores: readonly AdvisoryStore[], ask: (store: AdvisoryStore) => T | undefined): T | undefined {
  for (const store of stores) {
    const answer = ask(store);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function mergeDetails(details: readonly VulnerabilityDetail[]): VulnerabilityDetail | undefined {
  const [first, ...others] = details;
  if (first === undefined || others.length === 0) return first;
  const merged: Record<string, unknown> = {};
  const byLast = details.toReversed();
  for (const detail of byLast) Object.assign(merged, detail);
  const vendorSeverity = Object.assign({}, ...byLast.map((detail) => detail.vendorSeverity));
  const cvss = Object.assign({}, ...byLast.map((detail) => detail.cvss));
  return {
    ...merged,
    ...(Object.keys(vendorSeverity).length > 0 && { vendorSeverity }),
    ...(Object.keys(cvss).length > 0 && { cvss }),
  };
}
