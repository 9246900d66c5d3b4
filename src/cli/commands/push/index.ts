import type { CommandDescriptor } from '../../command.ts';

export const push: CommandDescriptor = {
  id: 'push',
  words: { plimsoll: ['push'], crane: ['push'] },
  summary: 'Push an image from an archive or a layout',
  operands: [
    { name: 'PATH', description: 'A docker archive, or the directory of an OCI layout', required: true },
    { name: 'IMAGE', description: 'Where it is to be, by tag or digest', required: true },
  ],
  examples: [
    {
      line: 'push app.tar registry.example.com/app:1.2',
      does: 'Push what docker save wrote, and print its name by digest',
    },
    { line: 'push --index ./layout registry.example.com/app:1.2', does: 'Push all images of a layout as one index' },
  ],
  load: async () => (await import('./run.ts')).module,
};
