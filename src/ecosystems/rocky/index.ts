import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const rocky: Distribution = {
  kind: 'distribution',
  id: 'rocky',
  title: 'Rocky Linux',
  osv: 'Rocky Linux',
  osvGap:
    'OSV records of Rocky Linux name source packages and no modules: packages of other names, and modules, are not judged',
  recognise: recogniseAs('rocky'),
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'errata',
    versionScheme: 'rpm',
    bucket: (os) => `rocky ${majorRelease(os.name)}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
  catalogers: [redHatRelease('rocky', 'Rocky Linux', ['etc/rocky-release'])],
};
