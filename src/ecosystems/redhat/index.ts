import type { Distribution, FileHead } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, mostPrecise } from '../release.ts';
import { endOfLife } from './data.ts';
import { releaseOfCoreOs } from './openshift.ts';

export const redhat: Distribution = {
  kind: 'distribution',
  id: 'redhat',
  title: 'Red Hat Enterprise Linux',
  recognise: (records) => {
    const coreOs = records.find(({ id }) => id === 'rhcos');
    return coreOs === undefined ? mostPrecise(records.filter(({ id }) => id === 'rhel')) : releaseOfCoreOs(coreOs);
  },
  generic: true,
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'red-hat',
    versionScheme: 'rpm',
    bucket: () => 'Red Hat',
    lookup: { name: 'binary', version: 'binary' },
    unfixed: true,
    severitySource: 'redhat',
  },
  catalogers: [
    redHatRelease('redhat', 'Red Hat', ['etc/redhat-release']),
    {
      id: 'redhat-content-manifest',
      version: 1,
      title: 'Red Hat content manifest',
      trees: ['installed'],
      files: [
        { directory: 'root/buildinfo/content_manifests', suffix: '.json' },
        { directory: 'usr/share/buildinfo', suffix: '.json' },
      ],
      accepts: (head) => isDirectlyIn(head, ['root/buildinfo/content_manifests', 'usr/share/buildinfo']),
      // Without it the advisories of the wrong repositories would be asked.
      onFailure: 'incomplete',
      load: async () => (await import('./content-manifest.ts')).catalogContentManifest,
    },
    {
      id: 'redhat-dockerfile',
      version: 1,
      title: 'Red Hat build file',
      trees: ['installed'],
      files: [{ directory: 'root/buildinfo' }],
      accepts: (head) => isDirectlyIn(head, ['root/buildinfo']) && head.path.startsWith('root/buildinfo/Dockerfile'),
      onFailure: 'incomplete',
      load: async () => (await import('./dockerfile.ts')).catalogDockerfile,
    },
  ],
};

function isDirectlyIn({ path }: FileHead, directories: readonly string[]): boolean {
  return directories.includes(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
}
