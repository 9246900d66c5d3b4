import type { CommandDescriptor } from '../../command.ts';

export const tree: CommandDescriptor = {
  id: 'tree',
  words: { plimsoll: ['tree'], cosign: ['tree'] },
  summary: 'Show what belongs to an image',
  operands: [{ name: 'IMAGE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true }],
  examples: [
    { line: 'tree ghcr.io/org/app:1.2', does: 'Show variants, signatures, attestations, SBOMs and referrers' },
    { line: 'tree --format json ghcr.io/org/app:1.2', does: 'The same for a program' },
  ],
  load: async () => (await import('./run.ts')).module,
};
