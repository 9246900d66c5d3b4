import type { Distribution } from '../../core/index.ts';
import { minorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const alpine: Distribution = {
  kind: 'distribution',
  id: 'alpine',
  title: 'Alpine Linux',
  osv: 'Alpine',
  recognise: recogniseAs('alpine'),
  release: minorRelease,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    // The repository decides which packages can be installed, so its release is the one that advisories speak of.
    bucket: (os) => `alpine ${minorRelease(os.repositoryRelease ?? os.name)}`,
    lookup: { name: 'source', version: 'source' },
    // The feed lists fixes alone; a database that has more of Alpine is taken at its word.
    unfixed: true,
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
