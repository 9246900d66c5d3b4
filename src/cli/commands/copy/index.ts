import type { CommandDescriptor } from '../../command.ts';

export const copy: CommandDescriptor = {
  id: 'copy',
  words: { plimsoll: ['copy'], cosign: ['copy'] },
  summary: 'Copy an image with all its evidence',
  operands: [
    { name: 'SOURCE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true },
    { name: 'TARGET', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true },
  ],
  examples: [
    {
      line: 'copy ghcr.io/org/app:1.2 registry.example.com/app:1.2',
      does: 'Copy an image, its variants, signatures, attestations and SBOMs',
    },
    { line: 'copy --dry-run ghcr.io/org/app:1.2 registry.example.com/app:1.2', does: 'See what that would be' },
    { line: 'copy ghcr.io/org/app:1.2 oci:./airgap:1.2', does: 'Write all of it to a directory' },
  ],
  load: async () => (await import('./run.ts')).module,
};
