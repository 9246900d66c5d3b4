import type { CommandDescriptor } from '../../command.ts';

export const attachSbom: CommandDescriptor = {
  id: 'attach-sbom',
  words: { plimsoll: ['attach sbom'], cosign: ['attach sbom'] },
  summary: 'Put an SBOM beside an image, unsigned',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    { line: 'attach sbom --sbom sbom.spdx.json ghcr.io/org/app:1.2', does: 'Put it under the tag sha256-….sbom' },
    { line: 'attach sbom --sbom sbom.cdx.json --type cyclonedx ghcr.io/org/app:1.2', does: 'One of CycloneDX' },
  ],
  load: async () => (await import('./run.ts')).module,
};
