import type { CommandDescriptor } from '../../command.ts';

export const sbomMerge: CommandDescriptor = {
  id: 'sbom-merge',
  words: { plimsoll: ['sbom merge'] },
  summary: 'Make one SBOM of several',
  operands: [{ name: 'FILE', description: 'SBOMs of any formats', required: true, repeats: true }],
  examples: [
    {
      line: 'sbom merge --name shop -o shop.cdx.json web.cdx.json api.spdx.json',
      does: 'Put two services into one document',
    },
    { line: 'sbom merge --format spdx-json app.cdx.json', does: 'Turn one SBOM into another format' },
  ],
  load: async () => (await import('./run.ts')).module,
};
