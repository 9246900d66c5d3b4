import type { FileKind } from '../../file-kind.ts';

export const dockerfile: FileKind = {
  id: 'dockerfile',
  title: 'Dockerfiles',
  files: '`Dockerfile`, `Containerfile`, `Dockerfile.*`, `*.Dockerfile`',
  names: /(?:^|\/)(?!.*\.dockerignore$)(?:(?:docker|container)file(?:[._-][^/]+)?|[^/]+\.(?:docker|container)file)$/i,
  load: async () => (await import('./find.ts')).findSites,
};
