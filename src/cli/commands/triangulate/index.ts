import type { CommandDescriptor } from '../../command.ts';

export const triangulate: CommandDescriptor = {
  id: 'triangulate',
  words: { plimsoll: ['triangulate'], cosign: ['triangulate'] },
  summary: 'Print where the older layout of cosign keeps the evidence of an image',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    { line: 'triangulate ghcr.io/org/app:1.2', does: 'The tag of its signatures' },
    { line: 'triangulate --type digest ghcr.io/org/app:1.2', does: 'The image by its digest' },
  ],
  load: async () => (await import('./run.ts')).module,
};
