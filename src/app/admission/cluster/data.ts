import type { KubeResource } from '../../../kube/index.ts';

const kyverno = { group: 'kyverno.io' };
const sigstore = { group: 'policy.sigstore.dev' };
const roles = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const webhooks = { group: 'admissionregistration.k8s.io', version: 'v1' };
const core = { group: '', version: 'v1' };

export const secretResource: KubeResource = { ...core, plural: 'secrets', kind: 'Secret' };

export const webhookResources: readonly KubeResource[] = [
  { ...webhooks, plural: 'validatingwebhookconfigurations', kind: 'ValidatingWebhookConfiguration' },
  { ...webhooks, plural: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration' },
];

/** Objects that are policies themselves. */
export const policyResources: readonly KubeResource[] = [
  { ...kyverno, version: 'v1', plural: 'clusterpolicies', kind: 'ClusterPolicy' },
  { ...kyverno, version: 'v1', plural: 'policies', kind: 'Policy' },
  { ...sigstore, version: 'v1beta1', plural: 'clusterimagepolicies', kind: 'ClusterImagePolicy' },
];

/** Objects that policies lean on. */
export const supportResources: readonly KubeResource[] = [
  { ...kyverno, version: 'v2', plural: 'policyexceptions', kind: 'PolicyException' },
  { ...sigstore, version: 'v1alpha1', plural: 'trustroots', kind: 'TrustRoot' },
];

export const bindingResources: readonly KubeResource[] = [
  { ...roles, plural: 'rolebindings', kind: 'RoleBinding' },
  { ...roles, plural: 'clusterrolebindings', kind: 'ClusterRoleBinding' },
];

/** Objects that policies look up. */
export const lookedUpResources: readonly KubeResource[] = [
  { ...core, plural: 'namespaces', kind: 'Namespace' },
  { ...core, plural: 'configmaps', kind: 'ConfigMap' },
  secretResource,
];
