import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, recogniseAs } from '../release.ts';
import { endOfLife } from './data.ts';

export const alma: Distribution = {
  kind: 'distribution',
  id: 'alma',
  title: 'AlmaLinux',
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
