import type { VersionScheme } from '../scheme.ts';

export const rpm: VersionScheme = {
  id: 'rpm',
  title: 'RPM package versions',
  specification: 'rpm-version(7)',
  load: async () => (await import('./order.ts')).rpmOrder,
};
