import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** Packages are listed; there are no advisories of its own. */
export const coreos: Distribution = {
  kind: 'distribution',
  id: 'coreos',
  title: 'CoreOS',
  recognise: recogniseAs('coreos'),
  release: (name) => name,
};
