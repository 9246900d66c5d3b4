import type { CommandDescriptor } from '../../command.ts';

export const verifyBlob: CommandDescriptor = {
  id: 'verify-blob',
  words: { plimsoll: ['verify-blob'], cosign: ['verify-blob'] },
  summary: 'Verify the signature of a file',
  operands: [{ name: 'ARTIFACT', description: 'A file, or sha256: and its digest', required: true }],
  examples: [
    { line: 'verify-blob --key cosign.pub --bundle app.sigstore.json app.tar', does: 'Verify with a key' },
    {
      line: 'verify-blob --bundle app.sigstore.json --certificate-identity user@example.com --certificate-oidc-issuer https://github.com/login/oauth app.tar',
      does: 'Verify by who signed',
    },
    {
      line: 'verify-blob --key cosign.pub --insecure-ignore-tlog --bundle app.sigstore.json app.tar',
      does: 'Verify a signature that is in no transparency log',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
