import type { CommandDescriptor } from '../../command.ts';

export const load: CommandDescriptor = {
  id: 'load',
  words: { plimsoll: ['load'], cosign: ['load'] },
  summary: 'Push an image and its evidence from a directory',
  operands: [{ name: 'IMAGE', description: 'The reference that it is to have', required: true }],
  examples: [{ line: 'load --dir ./saved registry.internal/app:1.2', does: 'Push what `save` wrote' }],
  load: async () => (await import('./run.ts')).module,
};
