import type { Clock } from '../core/index.ts';
import type { JsonObject } from '../helm/index.ts';
import type { InstallAdmissionInput } from './admission/install-input.ts';
import { clusterOpener } from './cluster-access.ts';
import type { RegistryAccess } from './registry-access.ts';

/** The objects of Kubernetes that install admission, from the chart. @throws HELM_*, POLICY_*, TRUST_*, DISK_*, ADMISSION_NO_POLICIES, ADMISSION_POLICY_NAMES */
export async function admissionObjects(input: InstallAdmissionInput): Promise<JsonObject[]> {
  const { installObjects } = await import('./admission/install.ts');
  return installObjects(input);
}

/** How the cluster is reached that is installed into. */
export interface InstallPlace {
  readonly access: RegistryAccess;
  readonly clock: Clock;
  /** As the environment tells unless given. */
  readonly kubeconfig?: string;
}

/** Applies these objects to a cluster; resolves to what was applied, as `kind/name`. @throws as `admissionObjects`, and KUBE_*, NET_* */
export async function installAdmission(input: InstallAdmissionInput, place: InstallPlace): Promise<string[]> {
  const [objects, { applyObjects }] = await Promise.all([admissionObjects(input), import('./admission/apply.ts')]);
  const { access, clock, kubeconfig } = place;
  return applyObjects(await clusterOpener(access, clock)(kubeconfig), objects);
}
