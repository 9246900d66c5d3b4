import type { CommandDescriptor } from '../../command.ts';

export const signBundle: CommandDescriptor = {
  id: 'sign-bundle',
  words: { plimsoll: ['sign-bundle'] },
  summary: 'Sign a file by an identity token, as the conformance suite of Sigstore clients asks',
  operands: [{ name: 'FILE', description: 'What is signed; with --in-toto a statement about it', required: true }],
  examples: [
    {
      line: 'sign-bundle --identity-token "$TOKEN" --bundle app.sigstore.json app.tar',
      does: "Sign at Sigstore's public instance",
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
