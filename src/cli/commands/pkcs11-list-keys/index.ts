import type { CommandDescriptor } from '../../command.ts';

export const pkcs11ListKeys: CommandDescriptor = {
  id: 'pkcs11-list-keys',
  words: { plimsoll: ['pkcs11-tool list-keys-uris'], cosign: ['pkcs11-tool list-keys-uris'] },
  summary: 'List the keys of a token, as --key takes them',
  examples: [
    {
      line: 'pkcs11-tool list-keys-uris --module-path /usr/lib/softhsm/libsofthsm2.so --slot-id 0',
      does: 'Print the addresses of its private keys; asks for the PIN',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
