import type { JsonObject } from '../helm/index.ts';
import type { InstallAdmissionInput } from './admission/install-input.ts';

/** The objects of Kubernetes that install admission, from the chart. @throws HELM_*, POLICY_*, TRUST_*, DISK_*, ADMISSION_NO_POLICIES, ADMISSION_POLICY_NAMES */
export async function admissionObjects(input: InstallAdmissionInput): Promise<JsonObject[]> {
  const { installObjects } = await import('./admission/install.ts');
  return installObjects(input);
}
