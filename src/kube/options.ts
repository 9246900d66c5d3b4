import type { PathOption } from '../core/index.ts';

export const kubeconfigOption: PathOption = {
  kind: 'path',
  flag: 'kubeconfig',
  key: 'cluster.kubeconfig',
  local: true,
  placeholder: 'FILE',
  description: 'Reach the cluster by this file; in a pod its service account is enough',
  trust: 'trusted',
};
