import type { CommandDescriptor } from '../../command.ts';

export const imageConfig: CommandDescriptor = {
  id: 'image-config',
  words: { crane: ['config'] },
  summary: 'Print the configuration of an image',
  operands: [{ name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true }],
  examples: [{ line: 'config ghcr.io/org/app:1.2', does: 'Print the configuration, byte for byte' }],
  load: async () => (await import('./run.ts')).module,
};
