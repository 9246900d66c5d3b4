import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** A rolling distribution: its advisories know no releases. */
export const chainguard: Distribution = {
  kind: 'distribution',
  id: 'chainguard',
  title: 'Chainguard OS',
  osv: 'Chainguard',
  recognise: recogniseAs('chainguard'),
  release: (name) => name,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'apk',
    bucket: () => 'chainguard',
    lookup: { name: 'source', version: 'binary' },
    unfixed: false,
  },
};
