import type { CommandDescriptor } from '../../command.ts';

export const dbUpdate: CommandDescriptor = {
  id: 'db-update',
  words: { plimsoll: ['db update'] },
  summary: 'Download the advisory databases that are due',
  operands: [
    {
      name: 'DATABASE',
      description: 'vulnerability, java or all; when left out, vulnerability and what is there',
    },
  ],
  examples: [
    { line: 'db update', does: 'Refresh what is due' },
    { line: 'db update all --cache-dir ./cache', does: 'Fetch everything, for a machine without a network' },
    { line: 'db update --db-repository registry.example.com/trivy-db:2', does: 'Download from a registry of your own' },
  ],
  load: async () => (await import('./run.ts')).module,
};
