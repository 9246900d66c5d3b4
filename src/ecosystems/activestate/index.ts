import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** Images of language runtimes; there are no advisories of its own. */
export const activeState: Distribution = {
  kind: 'distribution',
  id: 'activestate',
  title: 'ActiveState',
  recognise: recogniseAs('activestate'),
  release: (name) => name,
};
