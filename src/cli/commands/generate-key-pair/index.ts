import type { CommandDescriptor } from '../../command.ts';

export const generateKeyPair: CommandDescriptor = {
  id: 'generate-key-pair',
  words: { plimsoll: ['generate-key-pair'], cosign: ['generate-key-pair'] },
  summary: 'Make a key pair to sign with',
  operands: [
    {
      name: 'PLACE',
      description: 'Keep the pair in k8s://NAMESPACE/NAME, github://OWNER[/REPO] or gitlab://PROJECT instead of files',
    },
  ],
  examples: [
    { line: 'generate-key-pair', does: 'Write cosign.key and cosign.pub; asks for a password' },
    { line: 'generate-key-pair --output-key-prefix release', does: 'Write release.key and release.pub' },
    { line: 'generate-key-pair --kms hashivault://release', does: 'Make a key in Vault and write cosign.pub' },
    { line: 'generate-key-pair k8s://build/signing', does: 'Keep it as a secret of Kubernetes, and write cosign.pub' },
    { line: 'generate-key-pair github://org/app', does: 'Keep it as secrets of GitHub Actions, and write cosign.pub' },
  ],
  load: async () => (await import('./run.ts')).module,
};
