import type { FileKind } from '../../file-kind.ts';

export const kubernetes: FileKind = {
  id: 'kubernetes',
  title: 'Kubernetes manifests',
  files: 'YAML with `apiVersion` and `kind`',
  names: /\.ya?ml$/i,
  isOne: (text) => /^[ \t{"'-]*apiVersion["']?[ \t]*:/m.test(text) && /\bkind["']?[ \t]*:/.test(text),
  shared: true,
  load: async () => (await import('./find.ts')).findSites,
};
