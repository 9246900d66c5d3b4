import type { ReportFormat } from '../report.ts';

export const gitlab: ReportFormat = {
  id: 'gitlab',
  title: "GitLab's container scanning report",
  extensions: [],
  load: async () => (await import('./render.ts')).renderGitlab,
};
