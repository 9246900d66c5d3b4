import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** A rolling distribution: its advisories know no releases. */
export const openSuseTumbleweed: Distribution = {
  kind: 'distribution',
  id: 'opensuse-tumbleweed',
  title: 'openSUSE Tumbleweed',
  recognise: recogniseAs('opensuse-tumbleweed'),
  release: (name) => name,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: () => 'openSUSE Tumbleweed',
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
};
