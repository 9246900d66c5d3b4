import type { ReportFormat } from '../report.ts';

export const table: ReportFormat = {
  id: 'table',
  title: 'Tables for people, fitted to the terminal',
  extensions: ['.txt'],
  load: async () => (await import('./render.ts')).renderTable,
};
