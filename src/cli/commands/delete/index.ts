import type { CommandDescriptor } from '../../command.ts';

export const deleteCommand: CommandDescriptor = {
  id: 'delete',
  words: { plimsoll: ['delete'], crane: ['delete'] },
  summary: 'Delete an image from its registry',
  operands: [{ name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true }],
  examples: [
    { line: 'delete ghcr.io/org/app@sha256:…', does: 'Delete a manifest and all tags that mean it' },
    { line: 'delete ghcr.io/org/app:1.2', does: 'Delete a tag, where the registry allows it' },
  ],
  load: async () => (await import('./run.ts')).module,
};
