import type { FileKind } from '../../file-kind.ts';

export const tekton: FileKind = {
  id: 'tekton',
  title: 'Tekton tasks and pipelines',
  files: 'YAML with an `apiVersion` of `tekton.dev`',
  names: /\.ya?ml$/i,
  isOne: (text) => text.includes('tekton.dev/'),
  shared: true,
  load: async () => (await import('./find.ts')).findSites,
};
