import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** A rolling distribution: its advisories know no releases. */
export const minimos: Distribution = {
  kind: 'distribution',
  id: 'minimos',
  title: 'MinimOS',
  osv: 'MinimOS',
  recognise: recogniseAs('minimos'),
  release: (name) => name,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    bucket: () => 'minimos',
    lookup: { name: 'source', version: 'binary' },
    unfixed: false,
  },
};
