import { describeData } from '../data-age.ts';
import type { ReportFormat } from '../report.ts';

export const table: ReportFormat = {
  id: 'table',
  title: 'Tables for people, fitted to the terminal',
  extensions: ['.txt'],
  momentOf: (data, now) => describeData(data, now).join('\n'),
  load: async () => (await import('./render.ts')).renderTable,
};
