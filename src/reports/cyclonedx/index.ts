import type { ReportFormat } from '../report.ts';

export const cyclonedx: ReportFormat = {
  id: 'cyclonedx',
  title: 'SBOM in CycloneDX JSON',
  extensions: ['.cdx.json'],
  inventoryOnly: true,
  load: async () => (await import('../sbom.ts')).loadSbomRender('cyclonedx'),
};
