import type { CommandDescriptor } from '../../command.ts';

export const validate: CommandDescriptor = {
  id: 'validate',
  words: { plimsoll: ['validate'], crane: ['validate'] },
  summary: 'Check that an image is well-formed',
  examples: [
    {
      line: 'validate --remote ghcr.io/org/app:1.2',
      does: 'Read all layers and compare them with what the image says of them',
    },
    { line: 'validate --fast --remote ghcr.io/org/app:1.2', does: 'Ask only whether the layers are there' },
    { line: 'validate --tarball app.tar', does: 'Check an archive' },
  ],
  load: async () => (await import('./run.ts')).module,
};
