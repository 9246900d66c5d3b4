import type { CommandDescriptor } from '../../command.ts';

export const inspect: CommandDescriptor = {
  id: 'inspect',
  words: { plimsoll: ['inspect'] },
  summary: 'Tell what an image is, as docker inspect does',
  operands: [
    {
      name: 'IMAGE',
      description: 'Name of an image, or the path of an archive or layout that begins with / or a dot',
      required: true,
      repeats: true,
    },
  ],
  examples: [
    {
      line: "inspect --format='{{index .RepoDigests 0}}' ghcr.io/org/app:1.2",
      does: 'Print a name that cannot come to mean another image',
    },
    { line: 'inspect ghcr.io/org/app:1.2 ./app.tar', does: 'Print all that is known of two images as JSON' },
    { line: "inspect --format='{{json .Config.Labels}}' app:1.2", does: 'Print the labels as JSON' },
  ],
  load: async () => (await import('./run.ts')).module,
};
