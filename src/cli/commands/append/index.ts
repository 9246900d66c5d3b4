import type { CommandDescriptor } from '../../command.ts';

export const append: CommandDescriptor = {
  id: 'append',
  words: { plimsoll: ['append'], crane: ['append'] },
  summary: 'Put the files of tars on an image as layers',
  examples: [
    {
      line: 'append --base ghcr.io/org/base:1 --new_layer app.tar --new_tag ghcr.io/org/app:1.2',
      does: 'Make an image of a base and a tar',
    },
    { line: 'append -f - -t ghcr.io/org/files:1', does: 'Make an image of the tar on the standard input alone' },
  ],
  load: async () => (await import('./run.ts')).module,
};
