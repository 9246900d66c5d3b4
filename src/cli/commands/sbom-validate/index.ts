import type { CommandDescriptor } from '../../command.ts';

export const sbomValidate: CommandDescriptor = {
  id: 'sbom-validate',
  words: { plimsoll: ['sbom validate'] },
  summary: 'Check an SBOM against the rules of its standard',
  operands: [
    { name: 'FILE', description: 'An SBOM of any format; - reads it from the standard input', required: true },
  ],
  examples: [
    { line: 'sbom validate sbom.cdx.json', does: 'List what is wrong; exit with 1 if anything breaks the standard' },
  ],
  load: async () => (await import('./run.ts')).module,
};
