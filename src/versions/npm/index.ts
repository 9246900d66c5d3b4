import type { VersionScheme } from '../scheme.ts';

export const npm: VersionScheme = {
  id: 'npm',
  title: 'npm package versions',
  specification: 'semver.org/spec/v2.0.0.html; github.com/npm/node-semver#ranges',
  load: async () => (await import('./order.ts')).npmOrder,
};
