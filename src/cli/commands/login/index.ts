import type { CommandDescriptor } from '../../command.ts';

export const login: CommandDescriptor = {
  id: 'login',
  words: { plimsoll: ['login'], cosign: ['login'], crane: ['auth login'] },
  summary: 'Store a login for a registry',
  operands: [{ name: 'REGISTRY', description: 'Its host, for example registry.example.com', required: true }],
  examples: [
    {
      line: 'login --username me --password-stdin registry.example.com < password',
      does: 'Store it where docker does, with its helper where there is one',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
