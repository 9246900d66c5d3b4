import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const slem: Distribution = {
  kind: 'distribution',
  id: 'slem',
  title: 'SUSE Linux Enterprise Micro',
  recognise: recogniseAs('sle-micro', 'sl-micro', 'sle-micro-rancher'),
  release: (name) => name,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `SUSE Linux Enterprise Micro ${os.name}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
};
