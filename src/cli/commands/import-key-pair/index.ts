import type { CommandDescriptor } from '../../command.ts';

export const importKeyPair: CommandDescriptor = {
  id: 'import-key-pair',
  words: { plimsoll: ['import-key-pair'], cosign: ['import-key-pair'] },
  summary: 'Take a private key of OpenSSL to sign with',
  examples: [
    { line: 'import-key-pair --key openssl.pem', does: 'Write import-cosign.key and import-cosign.pub' },
    {
      line: 'import-key-pair --key openssl.pem --output-key-prefix release --yes',
      does: 'Write release.key and release.pub, whatever was there',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
