import type { CommandDescriptor } from '../../command.ts';

export const sbomScore: CommandDescriptor = {
  id: 'sbom-score',
  words: { plimsoll: ['sbom score'] },
  summary: 'Tell which minimum elements an SBOM has, and what is missing',
  operands: [
    { name: 'FILE', description: 'An SBOM of any format; - reads it from the standard input', required: true },
  ],
  examples: [
    { line: 'sbom score sbom.cdx.json', does: 'Hold an SBOM to the lists of NTIA and CISA' },
    { line: 'sbom score --fail-under 80 sbom.cdx.json', does: 'Fail a pipeline when it is too thin' },
  ],
  load: async () => (await import('./run.ts')).module,
};
