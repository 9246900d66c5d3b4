import type { CommandDescriptor } from '../../command.ts';

export const authToken: CommandDescriptor = {
  id: 'auth-token',
  words: { crane: ['auth token'] },
  summary: 'Print a token for a repository',
  operands: [{ name: 'REPOSITORY', description: 'For example ghcr.io/org/app', required: true }],
  examples: [
    { line: 'auth token ghcr.io/org/app', does: 'Print what the token service answers' },
    { line: 'auth token -H --push ghcr.io/org/app', does: 'Print a header for curl' },
  ],
  load: async () => (await import('./run.ts')).module,
};
