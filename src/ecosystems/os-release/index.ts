import type { SystemFacts } from '../../core/index.ts';

/** The release file that every current distribution has. */
export const osRelease: SystemFacts = {
  kind: 'system',
  id: 'os-release',
  title: 'os-release',
  catalogers: [
    {
      id: 'os-release',
      version: 1,
      title: 'os-release file',
      trees: ['installed'],
      files: [{ path: 'etc/os-release' }, { path: 'usr/lib/os-release' }],
      onFailure: 'note',
      load: async () => (await import('./parse.ts')).catalogOsRelease,
    },
  ],
};
