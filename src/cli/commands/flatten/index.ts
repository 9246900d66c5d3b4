import type { CommandDescriptor } from '../../command.ts';

export const flatten: CommandDescriptor = {
  id: 'flatten',
  words: { plimsoll: ['flatten'], crane: ['flatten'] },
  summary: 'Make one layer of all layers of an image',
  operands: [{ name: 'IMAGE', description: 'Name of an image, or of an index of images', required: true }],
  examples: [
    {
      line: 'flatten --tag ghcr.io/org/app:1.2-flat ghcr.io/org/app:1.2',
      does: 'Leave out of the image what its layers hide',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
