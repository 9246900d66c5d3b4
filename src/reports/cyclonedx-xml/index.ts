import type { ReportFormat } from '../report.ts';

export const cyclonedxXml: ReportFormat = {
  id: 'cyclonedx-xml',
  title: 'SBOM in CycloneDX XML',
  extensions: ['.cdx.xml'],
  inventoryOnly: true,
  load: async () => (await import('../sbom.ts')).loadSbomRender('cyclonedx-xml'),
};
