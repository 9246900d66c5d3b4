import type { CommandDescriptor } from '../../command.ts';

export const logout: CommandDescriptor = {
  id: 'logout',
  words: { plimsoll: ['logout'], crane: ['auth logout'] },
  summary: 'Forget a login for a registry',
  operands: [{ name: 'REGISTRY', description: 'Its host, for example registry.example.com', required: true }],
  examples: [{ line: 'logout registry.example.com', does: 'Remove it from where docker keeps it' }],
  load: async () => (await import('./run.ts')).module,
};
