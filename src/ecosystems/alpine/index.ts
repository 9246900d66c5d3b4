import type { Distribution } from '../../core/index.ts';
import { endOfLife } from './data.ts';

export const alpine: Distribution = {
  kind: 'distribution',
  id: 'alpine',
  title: 'Alpine Linux',
  osv: 'Alpine',
  recognise: (records) => records.findLast(({ id }) => id === 'alpine')?.versionId,
  release: minorRelease,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    // The repository decides which packages can be installed, so its release is the one that advisories speak of.
    bucket: (os) => `alpine ${minorRelease(os.repositoryRelease ?? os.name)}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: false,
  },
  catalogers: [
    {
      id: 'alpine',
      version: 1,
      title: 'Alpine release file',
      trees: ['installed'],
      files: [{ path: 'etc/alpine-release' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogRelease,
    },
    {
      id: 'apk-repo',
      version: 1,
      title: 'apk repositories',
      trees: ['installed'],
      files: [{ path: 'etc/apk/repositories' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogRepositories,
    },
  ],
};

/** `3.18.4` belongs to `3.18`. */
function minorRelease(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}
