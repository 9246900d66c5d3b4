import type { CommandDescriptor } from '../../command.ts';

export const sign: CommandDescriptor = {
  id: 'sign',
  words: { plimsoll: ['sign'], cosign: ['sign'] },
  summary: 'Sign an image',
  operands: [
    { name: 'IMAGE', description: 'A reference; sign by its digest, not by a tag', required: true, repeats: true },
  ],
  examples: [
    { line: 'sign --key cosign.key ghcr.io/org/app@sha256:…', does: 'Sign with a key' },
    {
      line: 'sign --key cosign.key --tlog-upload=false --recursive ghcr.io/org/app:1.2',
      does: 'Sign an index and every image in it, without a transparency log',
    },
    { line: 'sign --yes --identity-token "$TOKEN" ghcr.io/org/app@sha256:…', does: 'Sign by who a token names' },
    {
      line: 'sign --key cosign.key --new-bundle-format=false --use-signing-config=false ghcr.io/org/app:1.2',
      does: 'Sign in the layout of before cosign 3',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
