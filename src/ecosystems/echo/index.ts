import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** A rolling distribution: its advisories know no releases. */
export const echo: Distribution = {
  kind: 'distribution',
  id: 'echo',
  title: 'Echo',
  osv: 'Echo',
  recognise: recogniseAs('echo'),
  release: (name) => name,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'dpkg',
    bucket: () => 'echo',
    lookup: { name: 'source', version: 'source' },
    unfixed: true,
    includesThirdParty: true,
    severitySource: 'echo',
  },
};
