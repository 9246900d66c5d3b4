import type { SbomFormat } from '../../format.ts';

export const spdxJson: SbomFormat = {
  id: 'spdx-json',
  title: 'SPDX JSON',
  standard: 'SPDX',
  mediaType: 'application/spdx+json',
  writes: ['2.3'],
  reads: ['2.2', '2.3'],
  // SPDX 3, which is JSON-LD, is recognised to be told apart from what is no SBOM.
  recognise: ({ json }) => typeof json?.['spdxVersion'] === 'string' || isSpdx3(json?.['@context']),
  load: async () => (await import('./codec.ts')).codec,
};

function isSpdx3(context: unknown): boolean {
  return typeof context === 'string' && context.startsWith('https://spdx.org/rdf/3');
}
