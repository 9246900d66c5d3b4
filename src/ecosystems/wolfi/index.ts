import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** A rolling distribution: its advisories know no releases. */
export const wolfi: Distribution = {
  kind: 'distribution',
  id: 'wolfi',
  title: 'Wolfi',
  osv: 'Wolfi',
  recognise: recogniseAs('wolfi'),
  release: (name) => name,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    bucket: () => 'wolfi',
    lookup: { name: 'source', version: 'binary' },
    unfixed: false,
  },
};
