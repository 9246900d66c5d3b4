import type { CommandDescriptor } from '../../command.ts';

export const version: CommandDescriptor = {
  id: 'version',
  words: { plimsoll: ['version'], trivy: ['version'] },
  summary: 'Print the version of the program and of the databases',
  examples: [{ line: 'version --format json', does: 'Tell it to a program' }],
  load: async () => (await import('./run.ts')).module,
};
