import type { CommandDescriptor } from '../../command.ts';

export const signingConfigCreate: CommandDescriptor = {
  id: 'signing-config-create',
  words: { plimsoll: ['signing-config create'], cosign: ['signing-config create'] },
  summary: 'Make a signing configuration: which services sign',
  examples: [
    { line: 'signing-config create --out none.json', does: 'Sign with a key and without any service' },
    {
      line:
        'signing-config create --rekor url=https://rekor.example.com,api-version=2,start-time=2026-01-01T00:00:00Z,operator=me ' +
        '--rekor-config ANY --out config.json',
      does: 'Enter signatures in a log of your own',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
