import type { CommandDescriptor } from '../../command.ts';

export const cleanEvidence: CommandDescriptor = {
  id: 'clean-evidence',
  words: { plimsoll: ['clean-evidence'], cosign: ['clean'] },
  summary: 'Remove the signatures and attestations of an image',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    { line: 'clean-evidence registry.example.com/app:1.2', does: 'Remove signatures, attestations and SBOMs' },
    { line: 'clean-evidence --type signature -f registry.example.com/app:1.2', does: 'Only signatures, unasked' },
  ],
  load: async () => (await import('./run.ts')).module,
};
