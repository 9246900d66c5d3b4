import type { FileKind } from '../../file-kind.ts';

export const helmTemplate: FileKind = {
  id: 'helm-template',
  title: 'Helm templates',
  files: 'YAML below `templates/` with `{{`',
  names: /(?:^|\/)templates\/.*\.ya?ml$/,
  isOne: (text) => text.includes('{{'),
  load: async () => (await import('./find.ts')).findSites,
};
