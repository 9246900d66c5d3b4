import type { Distribution } from '../../core/index.ts';
import { mostPrecise } from '../release.ts';
import { endOfLife } from './data.ts';

const extended = '-ESM';
/** The identity that `catalogers` give to a system attached to Extended Security Maintenance. */
const extendedId = 'ubuntu-esm';

export const ubuntu: Distribution = {
  kind: 'distribution',
  id: 'ubuntu',
  title: 'Ubuntu',
  osv: 'Ubuntu',
  recognise: (records) => {
    const release = mostPrecise(records.filter(({ id }) => id === 'ubuntu'));
    const isExtended = records.some(({ id }) => id === extendedId);
    return release !== undefined && isExtended ? `${release}${extended}` : release;
  },
  release: supportedRelease,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'dpkg',
    bucket: (os) => `ubuntu ${supportedRelease(os.name)}`,
    lookup: { name: 'source', version: 'source' },
    unfixed: true,
  },
  catalogers: [
    {
      id: 'ubuntu',
      version: 1,
      title: 'LSB release file',
      trees: ['installed'],
      files: [{ path: 'etc/lsb-release' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogLsbRelease,
    },
    {
      id: 'ubuntu-esm',
      version: 1,
      title: 'Ubuntu Pro status',
      trees: ['installed'],
      files: [{ path: 'var/lib/ubuntu-advantage/status.json' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogProStatus,
    },
  ],
};

/** Extended maintenance begins when standard support ends; until then there are no advisories of its own. */
function supportedRelease(name: string): string {
  return name.endsWith(extended) && endOfLife[name] === undefined ? name.slice(0, -extended.length) : name;
}
