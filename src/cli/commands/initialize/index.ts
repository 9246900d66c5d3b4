import type { CommandDescriptor } from '../../command.ts';

export const initialize: CommandDescriptor = {
  id: 'initialize',
  words: { plimsoll: ['initialize'], cosign: ['initialize'] },
  summary: 'Fetch whom to trust from a repository of keys',
  examples: [
    { line: 'initialize', does: "Trust Sigstore's public instance, as it is now" },
    {
      line: 'initialize --mirror https://tuf.example.com --root root.json',
      does: 'Trust an instance of your own',
    },
    { line: 'initialize --mirror file:///mnt/tuf --root /mnt/tuf/root.json', does: 'The same without a network' },
  ],
  load: async () => (await import('./run.ts')).module,
};
