import type { VersionScheme } from '../scheme.ts';

export const apk: VersionScheme = {
  id: 'apk',
  title: 'Alpine package versions',
  specification: 'apk-tools 2, src/version.c; apk-package(5)',
  load: async () => (await import('./order.ts')).apkOrder,
};
