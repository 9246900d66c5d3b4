import type { FileKind } from '../../file-kind.ts';

export const helm: FileKind = {
  id: 'helm',
  title: 'Helm values',
  files: '`values.yaml`, `values*.yaml`, `*values.yaml`',
  names: /(?:^|\/)(?:values(?:[._-][^/]+)?|[^/]+[._-]values)\.ya?ml$/i,
  load: async () => (await import('./find.ts')).findSites,
};
