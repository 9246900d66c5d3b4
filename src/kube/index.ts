export { type KubeClient, makeKubeClient } from './client.ts';
export { LeaseElection } from './lease.ts';
export { Mirror } from './mirror.ts';
export { openAccess } from './open-access.ts';
export { kubeconfigOption } from './options.ts';
export type { KubeObject, KubeResource } from './resource.ts';
