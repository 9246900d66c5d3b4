import type { MeteredState, Metrics } from './prometheus.ts';

/** Metrics of an admission server and of its process; their library is loaded now. */
export async function openMetrics(state: () => MeteredState): Promise<Metrics> {
  const { makeMetrics } = await import('./prometheus.ts');
  return makeMetrics(state);
}
