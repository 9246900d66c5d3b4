import type { CommandDescriptor } from '../../command.ts';

export const attachSignature: CommandDescriptor = {
  id: 'attach-signature',
  words: { plimsoll: ['attach signature'], cosign: ['attach signature'] },
  summary: 'Put a signature that was made elsewhere beside an image',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    {
      line: 'attach signature --payload payload.json --signature payload.sig ghcr.io/org/app:1.2',
      does: 'Put a signature and what it is over beside it',
    },
    { line: 'attach signature --bundle app.sigstore.json ghcr.io/org/app:1.2', does: 'Put a bundle beside it' },
  ],
  load: async () => (await import('./run.ts')).module,
};
