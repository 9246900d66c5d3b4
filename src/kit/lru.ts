/** A function that remembers what `make` gave for the keys asked for last, at most `limit` of them. */
export function lastUsed<K, V>(limit: number, make: (key: K) => V): (key: K) => V {
  const kept = new Map<K, V>();
  return (key) => {
    const known = kept.has(key);
    const value = known ? (kept.get(key) as V) : make(key);
    // A map keeps the order of insertion, so the first key is the one not asked for the longest.
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > limit) kept.delete(kept.keys().next().value as K);
    return value;
  };
}
