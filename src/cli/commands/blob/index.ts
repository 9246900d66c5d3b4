import type { CommandDescriptor } from '../../command.ts';

export const blob: CommandDescriptor = {
  id: 'blob',
  words: { plimsoll: ['blob'], crane: ['blob'] },
  summary: 'Write a blob of a registry to the standard output',
  operands: [
    { name: 'BLOB', description: 'REPOSITORY@sha256:…, with the digest of a layer or configuration', required: true },
  ],
  examples: [
    {
      line: 'blob ghcr.io/org/app@sha256:… > layer.tar.gz',
      does: 'Get a layer as it is stored, checked by its digest',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
