import type { CommandDescriptor } from '../../command.ts';

export const attestBlob: CommandDescriptor = {
  id: 'attest-blob',
  words: { plimsoll: ['attest-blob'], cosign: ['attest-blob'] },
  summary: 'Sign a statement about a file',
  operands: [{ name: 'FILE', description: 'The file, or - for the standard input; none with --statement' }],
  examples: [
    {
      line: 'attest-blob --key cosign.key --type spdxjson --predicate sbom.json --bundle app.sigstore.json app.tar',
      does: 'Attest an SBOM',
    },
    {
      line: 'attest-blob --key cosign.key --statement statement.json --bundle app.sigstore.json',
      does: 'Sign a statement that is there already',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
