import type { SbomFormat } from '../../format.ts';

export const cyclonedxXml: SbomFormat = {
  id: 'cyclonedx-xml',
  title: 'CycloneDX XML',
  standard: 'CycloneDX',
  mediaType: 'application/vnd.cyclonedx+xml',
  writes: ['1.6', '1.7'],
  reads: ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'],
  recognise: ({ text }) => /^\s*</.test(text) && text.slice(0, 65_536).includes('http://cyclonedx.org/schema/bom/'),
  load: async () => (await import('./codec.ts')).codec,
};
