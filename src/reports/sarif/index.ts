import type { ReportFormat } from '../report.ts';

export const sarif: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  extensions: ['.sarif'],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderSarif,
};
