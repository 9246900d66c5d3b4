import type { FileKind } from '../../file-kind.ts';

export const kustomize: FileKind = {
  id: 'kustomize',
  title: 'Kustomizations',
  files: '`kustomization.yaml`, `Kustomization`',
  names: /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/,
  load: async () => (await import('./find.ts')).findSites,
};
