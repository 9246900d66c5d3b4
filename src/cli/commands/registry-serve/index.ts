import type { CommandDescriptor } from '../../command.ts';

export const registryServe: CommandDescriptor = {
  id: 'registry-serve',
  words: { plimsoll: ['registry serve'], crane: ['registry serve'] },
  summary: 'Serve a registry on this machine',
  examples: [
    { line: 'registry serve', does: 'Keep what is pushed to 127.0.0.1:5000 in memory, until the registry is stopped' },
    { line: 'registry serve --disk ./registry', does: 'Keep it in a directory' },
    {
      line: 'registry serve --disk ./registry --address 0.0.0.0:5000 --tls-cert cert.pem --tls-key key.pem --htpasswd users',
      does: 'Let other machines in, with TLS and a login',
    },
    { line: 'registry serve --disk ./registry --read-only', does: 'Give out what is there, and take nothing' },
  ],
  load: async () => (await import('./run.ts')).module,
};
