import type { Distribution } from '../../core/index.ts';
import { mostPrecise } from '../release.ts';

/** What the next minor release of Red Hat Enterprise Linux is made from; no advisories are published for it. */
export const centosStream: Distribution = {
  kind: 'distribution',
  id: 'centos-stream',
  title: 'CentOS Stream',
  recognise: (records) =>
    mostPrecise(
      records.filter(({ id, name }) => id === 'centos-stream' || (id === 'centos' && name?.includes('Stream'))),
    ),
  release: (name) => name,
};
