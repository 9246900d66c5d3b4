import type { ReportFormat } from '../report.ts';

export const gitlabCodequality: ReportFormat = {
  id: 'gitlab-codequality',
  title: "GitLab's code quality report",
  extensions: [],
  momentOf: () => '',
  load: async () => (await import('./render.ts')).renderGitlabCodequality,
};
