import type { ReportFormat } from '../report.ts';

export const junit: ReportFormat = {
  id: 'junit',
  title: 'JUnit XML, for the test reports of build services',
  extensions: ['.junit.xml'],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderJunit,
};
