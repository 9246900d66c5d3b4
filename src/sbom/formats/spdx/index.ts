import type { SbomFormat } from '../../format.ts';

export const spdxTagValue: SbomFormat = {
  id: 'spdx',
  title: 'SPDX tag-value',
  standard: 'SPDX',
  mediaType: 'text/spdx',
  writes: ['2.3'],
  reads: ['2.2', '2.3'],
  recognise: ({ text }) => /^SPDXVersion:/m.test(text.slice(0, 65_536)),
  load: async () => (await import('./codec.ts')).codec,
};
