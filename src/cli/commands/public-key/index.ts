import type { CommandDescriptor } from '../../command.ts';

export const publicKey: CommandDescriptor = {
  id: 'public-key',
  words: { plimsoll: ['public-key'], cosign: ['public-key'] },
  summary: 'Print the public half of a private key',
  examples: [
    { line: 'public-key --key cosign.key', does: 'Print it; asks for the password' },
    { line: 'public-key --key env://RELEASE_KEY --outfile release.pub', does: 'Take the key from a variable' },
  ],
  load: async () => (await import('./run.ts')).module,
};
