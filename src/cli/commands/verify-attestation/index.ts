import type { CommandDescriptor } from '../../command.ts';

export const verifyAttestation: CommandDescriptor = {
  id: 'verify-attestation',
  words: { plimsoll: ['verify-attestation'], cosign: ['verify-attestation'] },
  summary: 'Verify the attestations of an image',
  operands: [
    { name: 'IMAGE', description: 'A reference, or with --local-image a directory', required: true, repeats: true },
  ],
  examples: [
    {
      line: 'verify-attestation --key cosign.pub --type slsaprovenance1 ghcr.io/org/app:1.2',
      does: 'Verify the provenance of an image, and print it',
    },
    {
      line: 'verify-attestation --key cosign.pub --type slsaprovenance1 --policy builder.cel ghcr.io/org/app:1.2',
      does: 'Demand what it says too',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
