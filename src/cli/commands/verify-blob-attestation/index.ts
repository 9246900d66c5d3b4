import type { CommandDescriptor } from '../../command.ts';

export const verifyBlobAttestation: CommandDescriptor = {
  id: 'verify-blob-attestation',
  words: { plimsoll: ['verify-blob-attestation'], cosign: ['verify-blob-attestation'] },
  summary: 'Verify a signed statement about a file',
  operands: [{ name: 'ARTIFACT', description: 'A file, or sha256: and its digest', required: true }],
  examples: [
    {
      line: 'verify-blob-attestation --key cosign.pub --type slsaprovenance1 --bundle app.sigstore.json app.tar',
      does: 'Verify the provenance of a file with a key',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
