import { describeData } from '../data-age.ts';
import type { ReportFormat } from '../report.ts';

export const markdown: ReportFormat = {
  id: 'markdown',
  title: 'Markdown, for comments of pull requests and summaries of jobs',
  extensions: ['.md'],
  momentOf: (data, now) => describeData(data, now).join('\n'),
  load: async () => (await import('./render.ts')).renderMarkdown,
};
