import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const sles: Distribution = {
  kind: 'distribution',
  id: 'sles',
  title: 'SUSE Linux Enterprise Server',
  recognise: recogniseAs('sles'),
  release: (name) => name,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `SUSE Linux Enterprise ${os.name}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
};
