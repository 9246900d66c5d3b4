import type { CommandDescriptor } from '../../command.ts';

export const bundleUpgrade: CommandDescriptor = {
  id: 'bundle-upgrade',
  words: { plimsoll: ['sigstore-bundle upgrade'], cosign: ['bundle upgrade'] },
  summary: 'Bring a Sigstore bundle to its newest version',
  operands: [{ name: 'BUNDLE', description: 'A file', required: true }],
  examples: [
    {
      line: 'sigstore-bundle upgrade --out new.sigstore.json old.sigstore.json',
      does: 'With proofs that the log is asked for',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
