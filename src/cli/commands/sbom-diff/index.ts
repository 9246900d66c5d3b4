import type { CommandDescriptor } from '../../command.ts';

export const sbomDiff: CommandDescriptor = {
  id: 'sbom-diff',
  words: { plimsoll: ['sbom diff'] },
  summary: 'Tell what changed between two SBOMs',
  operands: [
    { name: 'BEFORE', description: 'The earlier SBOM', required: true },
    { name: 'AFTER', description: 'The later SBOM, of any format', required: true },
  ],
  examples: [
    {
      line: 'sbom diff old.cdx.json new.spdx.json',
      does: 'List packages and licences that were added, removed, changed',
    },
    { line: 'sbom diff --exit-code 1 old.cdx.json new.cdx.json', does: 'Fail when anything did' },
  ],
  load: async () => (await import('./run.ts')).module,
};
