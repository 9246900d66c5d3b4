import type { CommandDescriptor } from '../../command.ts';

export const pkcs11ListTokens: CommandDescriptor = {
  id: 'pkcs11-list-tokens',
  words: { plimsoll: ['pkcs11-tool list-tokens'], cosign: ['pkcs11-tool list-tokens'] },
  summary: 'List the tokens that a PKCS #11 module knows',
  examples: [
    {
      line: 'pkcs11-tool list-tokens --module-path /usr/lib/softhsm/libsofthsm2.so',
      does: 'Print the slots of all tokens, with their labels and serial numbers',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
