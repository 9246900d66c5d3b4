import type { ReportFormat } from '../report.ts';

export const spdxJson: ReportFormat = {
  id: 'spdx-json',
  title: 'SBOM in SPDX JSON',
  extensions: ['.spdx.json'],
  inventoryOnly: true,
  load: async () => (await import('../sbom.ts')).loadSbomRender('spdx-json'),
};
