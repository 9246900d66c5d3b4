import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const photon: Distribution = {
  kind: 'distribution',
  id: 'photon',
  title: 'Photon OS',
  osv: 'Photon OS',
  recognise: recogniseAs('photon'),
  release: (name) => name,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `Photon OS ${os.name}`,
    lookup: { name: 'source', version: 'binary' },
    unfixed: false,
  },
};
