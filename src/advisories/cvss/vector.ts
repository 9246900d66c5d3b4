/** The metrics of a vector, for example `AV` → `N`. */
export type Metrics = ReadonlyMap<string, string>;

/** Longer than any vector with every metric of its version. */
const maxLength = 400;

/** Splits `AV:N/AC:L/…`; undefined when a part is not `metric:value`, or a metric is given twice. */
export function parseMetrics(text: string): Metrics | undefined {
  if (text.length > maxLength) return undefined;
  const metrics = new Map<string, string>();
  for (const part of text.split('/')) {
    const [metric = '', value = '', ...more] = part.split(':');
    if (metric === '' || value === '' || more.length > 0 || metrics.has(metric)) return undefined;
    metrics.set(metric, value);
  }
  return metrics;
}

/** The weights that the metrics stand for; undefined when one is missing or has a value that it cannot have. */
export function weigh<K extends string>(
  metrics: Metrics,
  tables: Readonly<Record<K, Readonly<Record<string, number>>>>,
): Record<K, number> | undefined {
  const weights: Record<string, number> = {};
  for (const [metric, table] of Object.entries<Readonly<Record<string, number>>>(tables)) {
    const value = metrics.get(metric);
    if (value === undefined || !Object.hasOwn(table, value)) return undefined;
    weights[metric] = table[value] as number;
  }
  return weights as Record<K, number>;
}
