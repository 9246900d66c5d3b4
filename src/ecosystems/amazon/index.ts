import type { Distribution } from '../../core/index.ts';
import { majorRelease } from '../release.ts';
import { endOfLife } from './data.ts';

export const amazon: Distribution = {
  kind: 'distribution',
  id: 'amazon',
  title: 'Amazon Linux',
  // Of `2` in os-release and `2 (Karoo)` in system-release, reports show the longer.
  recognise: (records) =>
    records
      .filter(({ id }) => id === 'amzn')
      .map(({ versionId }) => versionId)
      .reduce<string | undefined>((best, name) => (name.length > (best?.length ?? -1) ? name : best), undefined),
  release: toRelease,
  endOfLife,
  matching: {
    strategy: 'fixed-version',
    versionScheme: 'rpm',
    bucket: (os) => `amazon linux ${toRelease(os.name)}`,
    lookup: { name: 'binary', version: 'binary' },
    unfixed: false,
  },
  catalogers: [
    {
      id: 'amazon',
      version: 1,
      title: 'Amazon Linux release file',
      trees: ['installed'],
      files: [{ path: 'etc/system-release' }, { path: 'usr/lib/system-release' }],
      onFailure: 'note',
      load: async () => (await import('./catalog.ts')).catalogSystemRelease,
    },
  ],
};

const numbered: readonly string[] = ['2', '2022', '2023'];

/** `2023.3.20240108 (Amazon Linux)` belongs to `2023`; the first Amazon Linux counted by year and month. */
function toRelease(name: string): string {
  const major = majorRelease(name.trim().split(/\s/, 1)[0] ?? '');
  return numbered.includes(major) ? major : '1';
}
