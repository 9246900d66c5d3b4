import type { CommandDescriptor } from '../../command.ts';

export const authGet: CommandDescriptor = {
  id: 'auth-get',
  words: { crane: ['auth get'] },
  summary: 'Print the login of a registry, as a credential helper does',
  operands: [{ name: 'REGISTRY', description: 'Its host; without it the standard input says it' }],
  examples: [{ line: 'auth get registry.example.com', does: 'Print user and password as JSON' }],
  load: async () => (await import('./run.ts')).module,
};
