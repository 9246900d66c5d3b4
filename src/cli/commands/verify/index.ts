import type { CommandDescriptor } from '../../command.ts';

export const verify: CommandDescriptor = {
  id: 'verify',
  words: { plimsoll: ['verify'], cosign: ['verify'] },
  summary: 'Verify the signatures of an image',
  operands: [
    { name: 'IMAGE', description: 'A reference, or with --local-image a directory', required: true, repeats: true },
  ],
  examples: [
    { line: 'verify --key cosign.pub ghcr.io/org/app:1.2', does: 'Verify with a key' },
    {
      line: 'verify --certificate-identity=user@org.com --certificate-oidc-issuer=https://github.com/login/oauth ghcr.io/org/app:1.2',
      does: 'Verify by who signed',
    },
    {
      line: 'verify --offline --local-image --key cosign.pub ./saved',
      does: 'Verify what `cosign save` wrote, without the network',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
