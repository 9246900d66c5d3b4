import type { CommandDescriptor } from '../../command.ts';

export const bundleCreate: CommandDescriptor = {
  id: 'bundle-create',
  words: { plimsoll: ['sigstore-bundle create'], cosign: ['bundle create'] },
  summary: 'Make a Sigstore bundle of the files of older signatures',
  examples: [
    {
      line: 'sigstore-bundle create --artifact app.tar --bundle old.bundle --out app.sigstore.json',
      does: 'Of a bundle of cosign 2',
    },
    {
      line: 'sigstore-bundle create --artifact app.tar --signature app.sig --key cosign.pub --ignore-tlog',
      does: 'Of a signature and a key',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
