import type { CommandDescriptor } from '../../command.ts';

export const rebase: CommandDescriptor = {
  id: 'rebase',
  words: { plimsoll: ['rebase'], crane: ['rebase'] },
  summary: 'Exchange the base of an image for another one',
  operands: [{ name: 'IMAGE', description: 'Name of an image', required: true }],
  examples: [
    {
      line: 'rebase --old_base debian:12.1 --new_base debian:12.2 --tag ghcr.io/org/app:1.2-1 ghcr.io/org/app:1.2',
      does: 'Take the layers of a newer base without building again',
    },
    { line: 'rebase ghcr.io/org/app:1.2', does: 'Take the newest base of those that the annotations name' },
  ],
  load: async () => (await import('./run.ts')).module,
};
