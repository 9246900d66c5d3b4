import type { CommandDescriptor } from '../../command.ts';

export const indexAppend: CommandDescriptor = {
  id: 'index-append',
  words: { plimsoll: ['index append'], crane: ['index append'] },
  summary: 'Put images into an index',
  operands: [
    {
      name: 'INDEX',
      description: 'The index that they are put into, and more that is put into it; without one a new index is made',
      repeats: true,
    },
  ],
  examples: [
    {
      line: 'index append --manifest ghcr.io/org/app:amd64 --manifest ghcr.io/org/app:arm64 --tag ghcr.io/org/app:1.2',
      does: 'Make an index of two images',
    },
    { line: 'index append ghcr.io/org/app:1.2 -m app-riscv64.tar', does: 'Put an image of a file into an index' },
  ],
  load: async () => (await import('./run.ts')).module,
};
