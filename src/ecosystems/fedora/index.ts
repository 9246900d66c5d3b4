import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { recogniseAs } from '../release.ts';

/** Packages are listed; no advisories are published in a form that is read. */
export const fedora: Distribution = {
  kind: 'distribution',
  id: 'fedora',
  title: 'Fedora',
  recognise: recogniseAs('fedora'),
  release: (name) => name,
  catalogers: [redHatRelease('fedora', 'Fedora', ['etc/fedora-release', 'usr/lib/fedora-release'])],
};
