import type { CommandDescriptor } from '../../command.ts';

export const downloadSbom: CommandDescriptor = {
  id: 'download-sbom',
  words: { plimsoll: ['download sbom'], cosign: ['download sbom'] },
  summary: 'Print the SBOM that lies beside an image',
  operands: [{ name: 'IMAGE', description: 'A reference, or an OCI layout as oci:DIRECTORY[:TAG]', required: true }],
  examples: [{ line: 'download sbom ghcr.io/org/app:1.2', does: 'The SBOM as it was attached' }],
  load: async () => (await import('./run.ts')).module,
};
