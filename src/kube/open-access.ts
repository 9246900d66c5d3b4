import { delimiter, join } from 'node:path';
import { statPath } from '../disk/index.ts';
import type { KubeAccess } from './access.ts';
import { kubeError } from './errors.ts';
import { readInCluster } from './in-cluster.ts';
import { readKubeconfig } from './kubeconfig.ts';

export interface AccessPlaces {
  /** A file that was named. */
  readonly kubeconfig?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * How the cluster is reached: by the file that was named, by KUBECONFIG, by the pod's service account, or by the user's own
 * file, the first that there is. @throws DISK_*, KUBE_CONFIG_INVALID, KUBE_CONFIG_MISSING
 */
export async function openAccess({ kubeconfig, environment }: AccessPlaces): Promise<KubeAccess> {
  if (kubeconfig !== undefined) return readKubeconfig(kubeconfig);
  const { KUBECONFIG: listed = '', HOME: home } = environment;
  // kubectl merges several files; the first that is there has the current context.
  for (const path of listed.split(delimiter)) {
    if (path !== '' && (await statPath(path)) !== undefined) return readKubeconfig(path);
  }
  const inCluster = await readInCluster(environment);
  if (inCluster !== undefined) return inCluster;
  const own = home ? join(home, '.kube', 'config') : undefined;
  if (own === undefined || (await statPath(own)) === undefined) throw kubeError('KUBE_CONFIG_MISSING');
  return readKubeconfig(own);
}
