import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const oracle: Distribution = {
  kind: 'distribution',
  id: 'oracle',
  title: 'Oracle Linux',
  recognise: recogniseAs('ol'),
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'oracle',
    versionScheme: 'rpm',
    bucket: (os) => `Oracle Linux ${majorRelease(os.name)}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
  catalogers: [redHatRelease('oracle', 'Oracle Linux', ['etc/oracle-release'])],
};
