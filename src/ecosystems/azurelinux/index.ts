import type { Distribution } from '../../core/index.ts';
import { minorRelease, recogniseAs } from '../release.ts';

export const azureLinux: Distribution = {
  kind: 'distribution',
  id: 'azurelinux',
  title: 'Azure Linux',
  recognise: recogniseAs('azurelinux'),
  release: minorRelease,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `Azure Linux ${minorRelease(os.name)}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: true,
  },
};
