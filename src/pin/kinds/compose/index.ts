import type { FileKind } from '../../file-kind.ts';

export const compose: FileKind = {
  id: 'compose',
  title: 'Compose files',
  files: '`compose*.yaml`, `docker-compose*.yaml`',
  names: /(?:^|\/)(?:docker-|podman-)?compose[^/]*\.ya?ml$/i,
  load: async () => (await import('./find.ts')).findSites,
};
