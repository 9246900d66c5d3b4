import type { CommandDescriptor } from '../../command.ts';

export const dbStatus: CommandDescriptor = {
  id: 'db-status',
  words: { plimsoll: ['db status'] },
  summary: 'Tell which advisory databases there are and how old they are',
  examples: [{ line: 'db status --format json', does: 'Tell it to a program' }],
  load: async () => (await import('./run.ts')).module,
};
