import type { Distribution } from '../../core/index.ts';
import { majorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const debian: Distribution = {
  kind: 'distribution',
  id: 'debian',
  title: 'Debian',
  osv: 'Debian',
  // os-release knows the major release alone; `debian_version`, which derivatives keep, has the point release.
  recognise: recogniseAs('debian'),
  generic: true,
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'dpkg',
    bucket: (os) => `debian ${majorRelease(os.name)}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: true,
    severitySource: 'debian',
  },
  catalogers: [
    {
      id: 'debian',
      version: 1,
      title: 'Debian release file',
      trees: ['installed'],
      files: [{ path: 'etc/debian_version' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogDebianVersion,
    },
  ],
};
