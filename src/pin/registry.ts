import { makeRegistry, type Registry } from '../kit/registry.ts';
import type { FileKind } from './file-kind.ts';
import { compose } from './kinds/compose/index.ts';
import { devcontainer } from './kinds/devcontainer/index.ts';
import { dockerfile } from './kinds/dockerfile/index.ts';
import { githubWorkflow } from './kinds/github-workflow/index.ts';
import { gitlabCi } from './kinds/gitlab-ci/index.ts';
import { helm } from './kinds/helm/index.ts';
import { helmTemplate } from './kinds/helm-template/index.ts';
import { kubernetes } from './kinds/kubernetes/index.ts';
import { kustomize } from './kinds/kustomize/index.ts';
import { tekton } from './kinds/tekton/index.ts';

/** Every kind of file with references, in the order in which they are asked whether a file is theirs. */
export const fileKinds: Registry<FileKind> = makeRegistry([
  dockerfile,
  compose,
  githubWorkflow,
  gitlabCi,
  devcontainer,
  kustomize,
  helmTemplate,
  helm,
  tekton,
  kubernetes,
]);
