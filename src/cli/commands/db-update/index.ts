import type { CommandDescriptor } from '../../command.ts';

export const dbUpdate: CommandDescriptor = {
  id: 'db update',
  summary: 'Download the advisory databases that are due',
  dialects: ['plimsoll'],
  examples: [
    { line: 'db update', does: 'Refresh what is due' },
    { line: 'db update --db-repository registry.example.com/trivy-db:2', does: 'Download from a registry of your own' },
  ],
  load: async () => (await import('./run.ts')).module,
};
