import type { FileKind } from '../../file-kind.ts';

export const githubWorkflow: FileKind = {
  id: 'github-workflow',
  title: 'GitHub workflows and actions',
  files: 'YAML in `.github/workflows/`, `action.yaml`',
  names: /(?:^|\/)(?:\.(?:github|gitea|forgejo)\/workflows\/[^/]+|action)\.ya?ml$/,
  isOne: (text) => /^["']?(?:jobs|runs)["']?[ \t]*:/m.test(text),
  load: async () => (await import('./find.ts')).findSites,
};
