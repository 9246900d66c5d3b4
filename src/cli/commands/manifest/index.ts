import type { CommandDescriptor } from '../../command.ts';

export const manifest: CommandDescriptor = {
  id: 'manifest',
  words: { plimsoll: ['manifest'], crane: ['manifest'] },
  summary: 'Print the manifest of an image',
  operands: [{ name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true }],
  examples: [
    { line: 'manifest ghcr.io/org/app:1.2', does: 'Print the manifest or index, byte for byte' },
    {
      line: 'manifest --platform linux/arm64 ghcr.io/org/app:1.2',
      does: 'Print the manifest of one image of an index',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
