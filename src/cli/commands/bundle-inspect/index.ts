import type { CommandDescriptor } from '../../command.ts';

export const bundleInspect: CommandDescriptor = {
  id: 'bundle-inspect',
  words: { plimsoll: ['sigstore-bundle inspect'], cosign: ['bundle inspect'] },
  summary: 'Show what a Sigstore bundle says, unchecked',
  operands: [{ name: 'BUNDLE', description: 'A file', required: true }],
  examples: [{ line: 'sigstore-bundle inspect app.sigstore.json', does: 'Who signed, what, and which log says so' }],
  load: async () => (await import('./run.ts')).module,
};
