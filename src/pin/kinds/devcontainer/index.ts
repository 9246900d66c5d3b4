import type { FileKind } from '../../file-kind.ts';

export const devcontainer: FileKind = {
  id: 'devcontainer',
  title: 'Dev containers',
  files: '`devcontainer.json`, `.devcontainer.json`',
  names: /(?:^|\/)\.?devcontainer\.json$/,
  load: async () => (await import('./find.ts')).findSites,
};
