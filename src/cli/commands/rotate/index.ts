import type { CommandDescriptor } from '../../command.ts';

export const rotate: CommandDescriptor = {
  id: 'rotate',
  words: { plimsoll: ['rotate'] },
  summary: 'List the images that only an old key covers',
  operands: [
    {
      name: 'IMAGE',
      description: 'A reference, a repository with all its tags, or with --local-image a directory',
      required: true,
      repeats: true,
    },
  ],
  examples: [
    {
      line: 'rotate --old-key old.pub --new-key new.pub ghcr.io/org/app ghcr.io/org/web',
      does: 'Look at all tags of two repositories; ends with 1 while any image is left',
    },
    {
      line: 'rotate --old-key old.pub --new-key new.pub --format json ghcr.io/org/app:1.2',
      does: 'Tell of one image, as JSON',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
