import type { CommandDescriptor } from '../../command.ts';

export const attest: CommandDescriptor = {
  id: 'attest',
  words: { plimsoll: ['attest'], cosign: ['attest'] },
  summary: 'Sign a statement about an image',
  operands: [{ name: 'IMAGE', description: 'A reference; by its digest, not by a tag', required: true, repeats: true }],
  examples: [
    {
      line: 'attest --key cosign.key --type cyclonedx --predicate sbom.json ghcr.io/org/app@sha256:…',
      does: 'Attest an SBOM',
    },
    {
      line: 'attest --key cosign.key --type slsaprovenance1 --predicate provenance.json ghcr.io/org/app@sha256:…',
      does: 'Attest how an image was built',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
