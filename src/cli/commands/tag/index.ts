import type { CommandDescriptor } from '../../command.ts';

export const tag: CommandDescriptor = {
  id: 'tag',
  words: { plimsoll: ['tag'], crane: ['tag'] },
  summary: 'Give an image another tag in its repository',
  operands: [
    { name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true },
    { name: 'TAG', description: 'The new tag, without the repository', required: true },
  ],
  examples: [
    { line: 'tag ghcr.io/org/app:1.2 latest', does: 'Let latest mean what 1.2 means' },
    { line: 'tag ghcr.io/org/app@sha256:… stable', does: 'Tag by digest' },
  ],
  load: async () => (await import('./run.ts')).module,
};
