import type { CommandDescriptor } from '../../command.ts';

export const craneCopy: CommandDescriptor = {
  id: 'crane-copy',
  words: { crane: ['copy', 'cp'] },
  summary: 'Copy an image and nothing beside it',
  operands: [
    { name: 'SOURCE', description: 'An image, or with --all-tags a repository', required: true },
    { name: 'TARGET', description: 'Where it is to be, by tag or digest', required: true },
  ],
  examples: [
    {
      line: 'copy ghcr.io/org/app:1.2 registry.example.com/app:1.2',
      does: 'Copy an image or an index with all its images',
    },
    {
      line: 'copy --platform linux/arm64 ghcr.io/org/app:1.2 registry.example.com/app:arm',
      does: 'Copy one image of an index',
    },
    {
      line: 'copy --all-tags --no-clobber ghcr.io/org/app registry.example.com/app',
      does: 'Copy the tags that the target lacks',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
