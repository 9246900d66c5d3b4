import type { CommandDescriptor } from '../../command.ts';

export const ls: CommandDescriptor = {
  id: 'ls',
  words: { plimsoll: ['ls'], crane: ['ls'] },
  summary: 'List the tags of a repository',
  operands: [{ name: 'REPOSITORY', description: 'For example ghcr.io/org/app', required: true }],
  examples: [
    { line: 'ls ghcr.io/org/app', does: 'Print a tag on each line' },
    {
      line: 'ls --omit-digest-tags --full-ref ghcr.io/org/app',
      does: 'Print whole names, without those of signatures',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
