import type { VersionScheme } from '../scheme.ts';

export const dpkg: VersionScheme = {
  id: 'dpkg',
  title: 'Debian package versions',
  specification: 'deb-version(7); Debian Policy 5.6.12',
  load: async () => (await import('./order.ts')).dpkgOrder,
};
