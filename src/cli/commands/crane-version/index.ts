import type { CommandDescriptor } from '../../command.ts';

export const craneVersion: CommandDescriptor = {
  id: 'crane-version',
  words: { crane: ['version'] },
  summary: 'Print the version of the program',
  examples: [{ line: 'version', does: 'Print it alone on a line' }],
  load: async () => (await import('./run.ts')).module,
};
