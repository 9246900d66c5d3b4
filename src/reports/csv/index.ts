import type { ReportFormat } from '../report.ts';

export const csv: ReportFormat = {
  id: 'csv',
  title: 'One line for each finding, for spreadsheets',
  extensions: ['.csv'],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderCsv,
};
