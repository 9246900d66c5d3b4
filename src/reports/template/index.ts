import type { ReportFormat } from '../report.ts';

export const template: ReportFormat = {
  id: 'template',
  title: "What a template of one's own says, in the language of Go's text/template",
  extensions: [],
  load: async () => (await import('./render.ts')).loadTemplateRenderer(),
};
