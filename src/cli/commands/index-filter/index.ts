import type { CommandDescriptor } from '../../command.ts';

export const indexFilter: CommandDescriptor = {
  id: 'index-filter',
  words: { plimsoll: ['index filter'], crane: ['index filter'] },
  summary: 'Keep the images of an index for some platforms',
  operands: [{ name: 'INDEX', description: 'Name of an index', required: true }],
  examples: [
    {
      line: 'index filter debian:12 --platform linux/amd64 --platform linux/arm64 --tag ghcr.io/org/debian:12',
      does: 'Copy two images of an index',
    },
    { line: 'index filter ghcr.io/org/app:1.2 --platform linux', does: 'Take away what is not for Linux' },
  ],
  load: async () => (await import('./run.ts')).module,
};
