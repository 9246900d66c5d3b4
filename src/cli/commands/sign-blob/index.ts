import type { CommandDescriptor } from '../../command.ts';

export const signBlob: CommandDescriptor = {
  id: 'sign-blob',
  words: { plimsoll: ['sign-blob'], cosign: ['sign-blob'] },
  summary: 'Sign a file',
  operands: [{ name: 'FILE', description: 'A file, or - for the standard input', required: true, repeats: true }],
  examples: [
    { line: 'sign-blob --key cosign.key --bundle app.sigstore.json app.tar', does: 'Sign with a key' },
    {
      line: 'sign-blob --key cosign.key --tlog-upload=false --bundle app.sigstore.json app.tar',
      does: 'Sign with a key alone',
    },
    {
      line: 'sign-blob --identity-token "$TOKEN" --bundle app.sigstore.json app.tar',
      does: 'Sign by who a token names',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
