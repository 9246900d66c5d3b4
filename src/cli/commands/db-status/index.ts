import type { CommandDescriptor } from '../../command.ts';

export const dbStatus: CommandDescriptor = {
  id: 'db status',
  summary: 'Tell which advisory databases there are and how old they are',
  dialects: ['plimsoll'],
  examples: [{ line: 'db status --format json', does: 'Tell it to a program' }],
  load: async () => (await import('./run.ts')).module,
};
