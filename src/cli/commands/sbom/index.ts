import type { CommandDescriptor } from '../../command.ts';

export const sbom: CommandDescriptor = {
  id: 'sbom',
  words: { plimsoll: ['sbom'], trivy: ['sbom'] },
  summary: 'Scan an SBOM',
  operands: [
    {
      name: 'FILE',
      description:
        'A CycloneDX or SPDX document, bare or in an attestation; - reads it from the standard input, registry:IMAGE what a registry keeps beside an image',
    },
  ],
  examples: [
    { line: 'sbom sbom.cdx.json', does: 'Find vulnerabilities of what an SBOM lists' },
    { line: 'sbom --format json -o report.json sbom.spdx.json', does: 'Keep the report as JSON' },
    { line: 'sbom registry:ghcr.io/org/app:1.2', does: 'Judge an image by the SBOM that was attached to it' },
    { line: 'sbom --exit-code 1 --severity CRITICAL sbom.spdx', does: 'Fail a pipeline when grave findings remain' },
  ],
  load: async () => (await import('./run.ts')).module,
};
