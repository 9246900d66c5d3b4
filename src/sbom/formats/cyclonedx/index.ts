import type { SbomFormat } from '../../format.ts';

export const cyclonedxJson: SbomFormat = {
  id: 'cyclonedx',
  title: 'CycloneDX JSON',
  standard: 'CycloneDX',
  mediaType: 'application/vnd.cyclonedx+json',
  writes: ['1.6', '1.7'],
  reads: ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'],
  recognise: ({ json }) => json?.['bomFormat'] === 'CycloneDX',
  load: async () => (await import('./codec.ts')).codec,
};
