import type { KubeResource } from '../../../kube/index.ts';

const kyverno = { group: 'kyverno.io' };
const validating = { group: 'policies.kyverno.io' };
const sigstore = { group: 'policy.sigstore.dev' };
const roles = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const webhooks = { group: 'admissionregistration.k8s.io', version: 'v1' };
const core = { group: '', version: 'v1' };

export const secretResource: KubeResource = { ...core, plural: 'secrets', kind: 'Secret' };

export const webhookResources: readonly KubeResource[] = [
  { ...webhooks, plural: 'validatingwebhookconfigurations', kind: 'ValidatingWebhookConfiguration' },
  { ...webhooks, plural: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration' },
];

/** Objects that are policies themselves, in the versions that clusters have them; the first that is there counts. */
export const policyResources: readonly KubeResource[] = [
  { ...kyverno, version: 'v1', plural: 'clusterpolicies', kind: 'ClusterPolicy' },
  { ...kyverno, version: 'v1', plural: 'policies', kind: 'Policy' },
  ...['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
    ...validating,
    version,
    plural: 'imagevalidatingpolicies',
    kind: 'ImageValidatingPolicy',
  })),
  ...['v1', 'v1beta1'].map((version) => ({
    ...validating,
    version,
    plural: 'namespacedimagevalidatingpolicies',
    kind: 'NamespacedImageValidatingPolicy',
  })),
  ...['v1beta1', 'v1alpha1'].map((version) => ({
    ...sigstore,
    version,
    plural: 'clusterimagepolicies',
    kind: 'ClusterImagePolicy',
  })),
];

/** Objects that policies lean on. */
export const supportResources: readonly KubeResource[] = [
  ...['v2', 'v2beta1'].map((version) => ({ ...kyverno, version, plural: 'policyexceptions', kind: 'PolicyException' })),
  ...['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
    ...validating,
    version,
    plural: 'policyexceptions',
    kind: 'PolicyException',
  })),
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

const wgpolicy = { group: 'wgpolicyk8s.io', version: 'v1alpha2' };
const openreports = { group: 'openreports.io', version: 'v1alpha1' };

/** Kinds of reports, of objects in namespaces and of others; the first that the cluster knows are written. */
export const reportResources: readonly (readonly [namespaced: KubeResource, other: KubeResource])[] = [
  [
    { ...openreports, plural: 'reports', kind: 'Report' },
    { ...openreports, plural: 'clusterreports', kind: 'ClusterReport' },
  ],
  [
    { ...wgpolicy, plural: 'policyreports', kind: 'PolicyReport' },
    { ...wgpolicy, plural: 'clusterpolicyreports', kind: 'ClusterPolicyReport' },
  ],
];

export const eventResource: KubeResource = { group: 'events.k8s.io', version: 'v1', plural: 'events', kind: 'Event' };

/** What runs, or makes what runs. */
export const workloadResources: readonly KubeResource[] = [
  { ...core, plural: 'pods', kind: 'Pod' },
  { ...core, plural: 'replicationcontrollers', kind: 'ReplicationController' },
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind) => ({
    group: 'apps',
    version: 'v1',
    plural: `${kind.toLowerCase()}s`,
    kind,
  })),
  ...['Job', 'CronJob'].map((kind) => ({ group: 'batch', version: 'v1', plural: `${kind.toLowerCase()}s`, kind })),
];
