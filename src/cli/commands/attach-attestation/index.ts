import type { CommandDescriptor } from '../../command.ts';

export const attachAttestation: CommandDescriptor = {
  id: 'attach-attestation',
  words: { plimsoll: ['attach attestation'], cosign: ['attach attestation'] },
  summary: 'Put attestations that were made elsewhere beside an image',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    { line: 'attach attestation --attestation app.sigstore.json ghcr.io/org/app:1.2', does: 'Put a bundle beside it' },
  ],
  load: async () => (await import('./run.ts')).module,
};
