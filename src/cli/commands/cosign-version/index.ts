import type { CommandDescriptor } from '../../command.ts';

export const cosignVersion: CommandDescriptor = {
  id: 'cosign-version',
  words: { cosign: ['version'] },
  summary: 'Print the version of the program',
  examples: [{ line: 'version --json', does: 'Tell it to a program' }],
  load: async () => (await import('./run.ts')).module,
};
