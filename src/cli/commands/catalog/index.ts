import type { CommandDescriptor } from '../../command.ts';

export const catalog: CommandDescriptor = {
  id: 'catalog',
  words: { plimsoll: ['catalog'], crane: ['catalog'] },
  summary: 'List the repositories of a registry',
  operands: [{ name: 'REGISTRY', description: 'Its host, for example registry.example.com', required: true }],
  examples: [{ line: 'catalog registry.example.com', does: 'Print a repository on each line' }],
  load: async () => (await import('./run.ts')).module,
};
