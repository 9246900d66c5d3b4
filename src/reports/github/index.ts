import type { ReportFormat } from '../report.ts';

export const github: ReportFormat = {
  id: 'github',
  title: "A dependency snapshot, for GitHub's dependency graph",
  extensions: [],
  inventoryOnly: true,
  variables: ['GITHUB_REF', 'GITHUB_SHA', 'GITHUB_WORKFLOW', 'GITHUB_JOB', 'GITHUB_RUN_ID'],
  load: async () => (await import('./render.ts')).renderGithub,
};
