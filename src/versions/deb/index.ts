import type { VersionScheme } from '../scheme.ts';

export const deb: VersionScheme = {
  id: 'deb',
  title: 'Debian package versions',
  specification: 'deb-version(7); Debian Policy 5.6.12',
  load: async () => (await import('./order.ts')).debOrder,
};
