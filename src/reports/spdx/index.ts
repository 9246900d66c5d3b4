import type { ReportFormat } from '../report.ts';

export const spdx: ReportFormat = {
  id: 'spdx',
  title: 'SBOM in SPDX tag-value',
  extensions: ['.spdx'],
  inventoryOnly: true,
  load: async () => (await import('../sbom.ts')).loadSbomRender('spdx'),
};
