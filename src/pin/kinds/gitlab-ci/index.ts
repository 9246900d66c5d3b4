import type { FileKind } from '../../file-kind.ts';

export const gitlabCi: FileKind = {
  id: 'gitlab-ci',
  title: 'GitLab pipelines',
  files: '`.gitlab-ci.yml`, `*.gitlab-ci.yml`, YAML below `.gitlab/ci/`',
  names: /(?:(?:^|[./])gitlab-ci|(?:^|\/)\.gitlab\/ci\/.+)\.ya?ml$/i,
  load: async () => (await import('./find.ts')).findSites,
};
