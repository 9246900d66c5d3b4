import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const openSuseLeap: Distribution = {
  kind: 'distribution',
  id: 'opensuse-leap',
  title: 'openSUSE Leap',
  recognise: recogniseAs('opensuse-leap', 'opensuse'),
  release: (name) => name,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `openSUSE Leap ${os.name}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
};
