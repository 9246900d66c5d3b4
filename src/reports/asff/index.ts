import type { ReportFormat } from '../report.ts';

export const asff: ReportFormat = {
  id: 'asff',
  title: 'AWS Security Finding Format, for Security Hub',
  extensions: [],
  variables: ['AWS_ACCOUNT_ID', 'AWS_REGION', 'AWS_DEFAULT_REGION'],
  load: async () => (await import('./render.ts')).renderAsff,
};
