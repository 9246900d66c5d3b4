import type { CommandDescriptor } from '../../command.ts';

export const trustedRootCreate: CommandDescriptor = {
  id: 'trusted-root-create',
  words: { plimsoll: ['trusted-root create'], cosign: ['trusted-root create'] },
  summary: 'Make a trusted root of certificates and keys',
  examples: [
    {
      line:
        'trusted-root create --fulcio url=https://fulcio.example.com,certificate-chain=ca.pem ' +
        '--rekor url=https://rekor.example.com,public-key=rekor.pub,start-time=2026-01-01T00:00:00Z --out root.json',
      does: 'Trust services of your own',
    },
    {
      line: 'trusted-root create --with-default-services --tsa url=https://tsa.example.com,certificate-chain=tsa.pem',
      does: "Trust Sigstore's services and one more",
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
