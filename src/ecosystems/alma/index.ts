import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const alma: Distribution = {
  kind: 'distribution',
  id: 'alma',
  title: 'AlmaLinux',
  osv: 'AlmaLinux',
  osvGap: 'OSV records of AlmaLinux do not name modules: packages of modules are not judged',
  recognise: recogniseAs('almalinux'),
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'errata',
    versionScheme: 'rpm',
    bucket: (os) => `alma ${majorRelease(os.name)}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
  catalogers: [redHatRelease('alma', 'AlmaLinux', ['etc/almalinux-release'])],
};
