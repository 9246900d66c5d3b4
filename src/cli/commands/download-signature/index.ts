import type { CommandDescriptor } from '../../command.ts';

export const downloadSignature: CommandDescriptor = {
  id: 'download-signature',
  words: { plimsoll: ['download signature'], cosign: ['download signature'] },
  summary: 'Print the signatures of an image',
  operands: [{ name: 'IMAGE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true }],
  examples: [{ line: 'download signature ghcr.io/org/app:1.2', does: 'Signatures as JSON, one in a line' }],
  load: async () => (await import('./run.ts')).module,
};
