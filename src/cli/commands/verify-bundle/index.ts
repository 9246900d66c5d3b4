import type { CommandDescriptor } from '../../command.ts';

export const verifyBundle: CommandDescriptor = {
  id: 'verify-bundle',
  words: { plimsoll: ['verify-bundle'] },
  summary: 'Verify a file or digest with a Sigstore bundle, as the conformance suite of its clients asks',
  operands: [{ name: 'FILE_OR_DIGEST', description: 'A file, or sha256: and its digest', required: true }],
  examples: [
    {
      line: 'verify-bundle --bundle app.sigstore.json --certificate-identity user@example.com --certificate-oidc-issuer https://github.com/login/oauth app.tar',
      does: 'Verify a file by who signed it',
    },
    { line: 'verify-bundle --bundle app.sigstore.json --key cosign.pub app.tar', does: 'Verify a file by a key' },
  ],
  load: async () => (await import('./run.ts')).module,
};
