import type { Clock } from '../core/index.ts';
import type { KubeClient } from '../kube/index.ts';
import type { RegistryAccess } from './registry-access.ts';

/** Opens a client of a cluster: by a kubeconfig that was named, or as the environment tells. */
export type OpenCluster = (kubeconfig?: string) => Promise<KubeClient>;

/** A cluster is reached over the proxies and within the hosts that registries are. */
export function clusterOpener({ environment = {}, proxy, allowedHosts }: RegistryAccess, clock: Clock): OpenCluster {
  return async (kubeconfig) => {
    const { makeKubeClient, openAccess } = await import('../kube/index.ts');
    const access = await openAccess({ environment, ...(kubeconfig !== undefined && { kubeconfig }) });
    const net = { ...(proxy !== undefined && { proxy }), ...(allowedHosts !== undefined && { allowedHosts }) };
    return makeKubeClient(access, { clock, environment, net });
  };
}
