import type { CommandDescriptor } from '../../command.ts';

export const verifyManifest: CommandDescriptor = {
  id: 'verify-manifest',
  words: { plimsoll: ['verify-manifest'], cosign: ['manifest verify'] },
  summary: 'Verify the images that a Kubernetes manifest names',
  operands: [{ name: 'MANIFEST', description: 'The file, in YAML or JSON', required: true }],
  examples: [
    { line: 'verify-manifest --key cosign.pub deployment.yaml', does: 'Verify every image that pods would run' },
  ],
  load: async () => (await import('./run.ts')).module,
};
