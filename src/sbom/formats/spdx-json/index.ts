import type { SbomFormat } from '../../format.ts';

export const spdxJson: SbomFormat = {
  id: 'spdx-json',
  title: 'SPDX JSON',
  standard: 'SPDX',
  mediaType: 'application/spdx+json',
  writes: ['2.3'],
  reads: ['2.2', '2.3'],
  recognise: ({ json }) => typeof json?.['spdxVersion'] === 'string',
  load: async () => (await import('./codec.ts')).codec,
};
