import type { Distribution } from '../../core/index.ts';
import { redHatRelease } from '../red-hat-release.ts';
import { majorRelease, mostPrecise } from '../release.ts';
import { endOfLife } from './data.ts';

/** The rebuild of Red Hat's releases that shared its advisories; CentOS Stream is another distribution. */
export const centos: Distribution = {
  kind: 'distribution',
  id: 'centos',
  title: 'CentOS Linux',
  recognise: (records) => mostPrecise(records.filter(({ id, name }) => id === 'centos' && !name?.includes('Stream'))),
  release: majorRelease,
  endOfLife,
  matching: {
    strategy: 'red-hat',
    versionScheme: 'rpm',
    bucket: () => 'Red Hat',
    lookup: { name: 'binary', version: 'binary' },
    unfixed: true,
    severitySource: 'redhat',
  },
  catalogers: [redHatRelease('centos', 'CentOS', ['etc/centos-release'])],
};
