import type { ReportFormat } from '../report.ts';

export const json: ReportFormat = {
  id: 'json',
  title: "JSON, Trivy's schema 2 with a Plimsoll section",
  extensions: ['.json'],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderJson,
  loadReader: async () => (await import('./parse.ts')).parseJsonReport,
};
