import type { CommandDescriptor } from '../../command.ts';

export const downloadAttestation: CommandDescriptor = {
  id: 'download-attestation',
  words: { plimsoll: ['download attestation'], cosign: ['download attestation'] },
  summary: 'Print the attestations of an image',
  operands: [{ name: 'IMAGE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true }],
  examples: [{ line: 'download attestation ghcr.io/org/app:1.2', does: 'Attestations as JSON, one in a line' }],
  load: async () => (await import('./run.ts')).module,
};
