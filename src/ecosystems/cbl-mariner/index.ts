import type { Distribution } from '../../core/index.ts';
import { minorRelease, recogniseAs } from '../release.ts';

export const cblMariner: Distribution = {
  kind: 'distribution',
  id: 'cbl-mariner',
  title: 'CBL-Mariner',
  recognise: recogniseAs('mariner'),
  release: minorRelease,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `CBL-Mariner ${minorRelease(os.name)}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: true,
  },
};
