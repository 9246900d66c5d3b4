import type { VersionScheme } from '../scheme.ts';

/** Go modules, and any ecosystem with semantic versions that are not always three numbers. */
export const go: VersionScheme = {
  id: 'go',
  title: 'Go module versions, lenient semantic versions',
  specification: 'go.dev/ref/mod#versions; semver.org/spec/v2.0.0.html',
  load: async () => (await import('./order.ts')).goOrder,
};
