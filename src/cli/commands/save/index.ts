import type { CommandDescriptor } from '../../command.ts';

export const save: CommandDescriptor = {
  id: 'save',
  words: { plimsoll: ['save'], cosign: ['save'] },
  summary: 'Write an image and its evidence to a directory',
  operands: [{ name: 'IMAGE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true }],
  examples: [
    {
      line: 'save --dir ./saved ghcr.io/org/app:1.2',
      does: 'Write it as cosign does, to be verified or loaded elsewhere',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
