import type { Distribution } from '../../core/index.ts';
import { recogniseAs } from '../release.ts';

/** Recognised, so that its packages, which are not read, do not seem to be none. */
export const bottlerocket: Distribution = {
  kind: 'distribution',
  id: 'bottlerocket',
  title: 'Bottlerocket',
  recognise: recogniseAs('bottlerocket'),
  release: (name) => name,
  catalogers: [
    {
      id: 'bottlerocket-inventory',
      version: 1,
      title: 'Bottlerocket package inventory',
      trees: ['installed'],
      files: [{ path: 'usr/share/bottlerocket/application-inventory.json' }],
      onFailure: 'incomplete',
      load: async () => (await import('./catalog.ts')).catalogInventory,
    },
  ],
};
